/** What a line of a copied message header says. */
export type HeaderRole = 'from' | 'date' | 'to' | 'cc' | 'subject';

// Labels as Outlook, Apple Mail, Gmail and Thunderbird write them: en de fr es it pt nl sv da no fi pl cs ru uk tr hu
// ro el zh ja ko. `data` and `datum` are dates everywhere; `a` and `do` are recipients wherever they are labels.
const LABELS: Readonly<Record<HeaderRole, string>> = {
  from: 'from|šalje|pošiljatelj|odosielateľ|nuo|von|de|da|van|från|fra|lähettäjä|keneltä|od|nadawca|odesílatel|от|от кого|від|kimden|gönderen|feladó|de la|expeditor|από|发件人|寄件者|寄件人|差出人|送信者|보낸 사람|보낸사람|발신|발신인|expéditeur|mittente|remitente|remetente|absender|afzender|avsändare|afsender|avsender|reply-to',
  date: 'sent|date|gesendet|gesendet am|datum|envoyé|envoyé le|date d’envoi|fecha|enviado|enviado el|enviada em|enviado em|enviada|data|inviato|inviato il|verzonden|skickat|sendt|dato|lähetetty|pvm|päivämäärä|päiväys|wysłane|wysłano|data wysłania|odesláno|дата|отправлено|надіслано|gönderilen|gönderildi|gönderilme tarihi|gönderme tarihi|tarih|elküldve|dátum|dată|trimis|στάλθηκε|ημερομηνία|发送时间|发送日期|日期|寄件日期|傳送時間|送信日時|送信日|日付|日時|보낸 날짜|날짜|보낸 시간|일시|보낸날짜',
  to: 'to|an|à|a|para|aan|till|til|vastaanottaja|kenelle|do|komu|кому|kime|alıcı|címzett|către|catre|la|προς|收件人|收件者|宛先|受信者|받는 사람|받는사람|수신|수신인|destinataire|destinataires|destinatario|destinatário|empfänger|ontvanger|adresat|příjemce',
  cc: 'cc|kopie|kopie an|copie|copie à|copia|cópia|kopia|kopi|kopio|dw|копия|копія|másolat|bilgi|κοιν\\.|bcc|抄送|副本|참조',
  subject:
    'subject|betreff|objet|sujet|asunto|oggetto|assunto|onderwerp|ämne|emne|aihe|temat|předmět|тема|konu|tárgy|subiect|θέμα|主题|主旨|主題|件名|제목',
};

export const HEADER_ROLES: ReadonlyMap<string, HeaderRole> = new Map(
  (Object.entries(LABELS) as [HeaderRole, string][]).flatMap(([role, words]) =>
    words.split('|').map((word): [string, HeaderRole] => [word.replace('\\.', '.'), role]),
  ),
);
