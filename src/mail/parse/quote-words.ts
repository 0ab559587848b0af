/** What a line of a copied message header says. */
export type HeaderRole = 'from' | 'date' | 'to' | 'cc' | 'subject';

// Labels as Outlook, Apple Mail and Thunderbird write them: en de fr es it pt nl sv da no fi pl cs ru tr zh ja.
const LABELS: Readonly<Record<HeaderRole, string>> = {
  from: 'from|von|de|da|van|från|fra|lähettäjä|od|от|kimden|发件人|寄件者|差出人|expéditeur|mittente|remitente',
  date: 'sent|date|gesendet|datum|envoyé|envoyé le|fecha|enviado|enviado el|enviada em|enviado em|enviada|data|inviato|verzonden|skickat|sendt|dato|lähetetty|päivämäärä|wysłane|odesláno|дата|отправлено|gönderilen|tarih|发送时间|日期|寄件日期|送信日時|日付',
  to: 'to|an|à|a|para|aan|till|til|vastaanottaja|do|komu|кому|kime|收件人|宛先|destinataire|destinatario|empfänger',
  cc: 'cc|kopie|copie|copia|kopia|kopi|bcc',
  subject:
    'subject|betreff|objet|asunto|oggetto|assunto|onderwerp|ämne|emne|aihe|temat|předmět|тема|konu|主题|主旨|件名',
};

export const HEADER_ROLES: ReadonlyMap<string, HeaderRole> = new Map(
  (Object.entries(LABELS) as [HeaderRole, string][]).flatMap(([role, words]) =>
    words.split('|').map((word): [string, HeaderRole] => [word, role]),
  ),
);

/** How a line that introduces a quote may begin. */
export const ATTRIBUTION_START =
  /^[\s\-_*>]{0,8}(?:on|am|le|el|il giorno|il|em|op|den|d\.|dnia|w dniu|dne|a \S{2,12} dia|\d{1,4}[-./年 ]|(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mån|tis|ons|tors|fre|lör|sön|man|tir|tor|lør|søn|ma|ke|ti|to|pe|la|su|śr|pon|wt|czw|pt|sob|niedz|пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|在)[\s.,\d])/i;

/** How it ends: a verb of writing, perhaps a name and address, a colon. */
export const ATTRIBUTION_END =
  /(?:wrote|writes|schrieb(?: am)?|schreibt|a écrit|escribió|escribio|ha scritto|escreveu|schreef(?: op)?|skrev|kirjoitti|napisał(?:\(a\)|a)?|napsal(?:\(a\)|a)?|написал(?:а|\(а\))?|пишет|yazdı|写道|寫道|のメール|書きました|작성)(?:[^:：\n]{0,160}[:：]\W{0,6}$| ?-{2,10}$)/i;

/** The ruled line before a copied message: not the person's words. */
export const ORIGINAL_MESSAGE =
  /^\W{2,60}(?:original message|reply message|ursprüngliche nachricht|original-?nachricht|message d['’]origine|message original|message initial|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|ursprungligt meddelande|original(?:t)? meddelande|oprindelig meddelelse|opprinnelig melding|alkuperäinen viesti|oryginalna wiadomość|wiadomość oryginalna|původní zpráva|исходное сообщение|orijinal mesaj|原始邮件|原邮件|元のメッセージ)\W{0,60}$/i;

/** The ruled line before a forwarded message: content that the person hands over. */
export const FORWARDED_MESSAGE =
  /^(?:\W{2,60}(?:forwarded message|forwarded by|weitergeleitete nachricht|message transféré|message réexpédié|mensaje reenviado|messaggio inoltrato|mensagem (?:encaminhada|reencaminhada)|doorgestuurd bericht|vidarebefordrat meddelande|videresendt|välitetty viesti|przekazana wiadomość|přeposlaná zpráva|пересланное сообщение|пересылаемое сообщение|转发邮件|転送メッセージ)|begin forwarded message|anfang der weitergeleiteten|début du message réexpédié|inicio del mensaje reenviado|inizio (?:del )?messaggio inoltrato|início da mensagem reencaminhada)/i;

/** Subjects of forwards: their copied headers are content. */
export const FORWARD_SUBJECT = /^\s{0,10}(?:fw|fwd|wg|tr|rv|enc|i|doorst|vs|vb|pd)\s{0,3}:/i;

/** The writer says that the answers stand within the copied text: `my answers below`, `siehe rot`. */
export const ANSWERS_WITHIN =
  /(?:answer|repl(?:y|ies)|comment|response|antwort|anmerkung|kommentar|réponse|remarque|commentaire|respuesta|comentario|rispost[ae]|commenti|resposta|comentário)\p{L}{0,3}[^.!?\n]{0,30}(?:below|in ?line|in (?:red|blue|green|bold|capitals)|between|in (?:rot|blau|grün|fett)|im text|unten|dazwischen|inline|ci-dessous|en (?:rouge|bleu|vert|gras)|dans le texte|abajo|en (?:rojo|azul|verde|negrita)|en el texto|qui sotto|di seguito|in (?:rosso|blu|verde|grassetto)|nel testo|abaixo|a (?:vermelho|azul|verde|negrito)|em (?:vermelho|azul|negrito)|no texto)/iu;
