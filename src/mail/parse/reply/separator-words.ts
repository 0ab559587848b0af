/** The ruled line before a copied message: not the person's words. */
const ORIGINAL_MESSAGE =
  /^[\s\p{P}\p{S}]{2,60}(?:original message|reply message|antwort nachricht|ursprüngliche nachricht|original-?nachricht|message d['’]origine|message original|message initial|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|ursprungligt meddelande|original(?:t)? meddelande|oprindelig meddelelse|opprinnelig melding|alkuperäinen viesti|oryginalna wiadomość|wiadomość oryginalna|původní zpráva|исходное сообщение|orijinal mesaj|eredeti üzenet|mesaj original|αρχικό μήνυμα|початкове повідомлення|original besked|oprindelig besked|原始邮件|原始郵件|原邮件|元のメッセージ|원본 메시지|원본 메일)[\s\p{P}\p{S}]{0,60}$/iu;

/** The ruled line before a forwarded message: content that the person hands over. */
export const FORWARDED_MESSAGE =
  /^(?:[\s\p{P}\p{S}]{2,60}(?:forwarded message|forwarded by|weitergeleitete nachricht|message transféré|message réexpédié|mensaje reenviado|messaggio inoltrato|mensagem (?:encaminhada|reencaminhada)|doorgestuurd bericht|vidarebefordrat meddelande|videresendt|välitetty viesti|przekazana wiadomość|přeposlaná zpráva|пересланное сообщение|пересылаемое сообщение|переслане повідомлення|továbbított üzenet|mesaj redirecționat|[iİ]letil(?:en|miş) mesaj|vidarebefordrat mail|转发邮件|轉寄郵件|转发的邮件|転送メッセージ|転送されたメッセージ|전달된 메시지|전달된 메일)|[>\s]{0,6}(?:begin forwarded message|anfang der weitergeleiteten|début du message réexpédié|inicio del mensaje reenviado|inizio (?:del )?messaggio inoltrato|início da mensagem (?:reencaminhada|encaminhada)|begin doorgestuurd bericht|vidarebefordrat brev|påbegynt videresendt melding|start på videresendt besked|välitetty viesti alkaa|początek przekazywanej wiadomości|začátek přeposílané zprávy|начало переадресованного сообщения|[iİ]letilen ileti başlangıcı|转发的邮件|以下是转发的邮件|転送されたメッセージ|전달된 메시지)\s{0,3}[:：])/iu;

/** Subjects of forwards: their copied headers are content. */
export const FORWARD_SUBJECT =
  /^\s{0,10}(?:fw|fwd|wg|tr|rv|enc|i|doorst|vs|vl|vb|pd|fs|ilt|i̇lt|továbbítás|转发|轉寄|転送|전달|re: ?fwd?)\s{0,3}[:：]/iu;

/** The writer says that the answers stand within the copied text: `my answers below`, `siehe rot`. */
export const ANSWERS_WITHIN =
  /(?:answer|repl(?:y|ies)|comment|response|antwort|anmerkung|kommentar|réponse|remarque|commentaire|respuesta|comentario|rispost[ae]|commenti|resposta|comentário)\p{L}{0,3}[^.!?\n]{0,30}(?:below|in ?line|in (?:red|blue|green|bold|capitals)|between|in (?:rot|blau|grün|fett)|im text|unten|dazwischen|inline|ci-dessous|en (?:rouge|bleu|vert|gras)|dans le texte|abajo|en (?:rojo|azul|verde|negrita)|en el texto|qui sotto|di seguito|in (?:rosso|blu|verde|grassetto)|nel testo|abaixo|a (?:vermelho|azul|verde|negrito)|em (?:vermelho|azul|negrito)|no texto)/iu;

// Zendesk, Freshdesk and others: all below is history.
const REPLY_ABOVE = /^\s{0,3}(?:#{2,3}|[-=]{2,3})\s?-?\s?.{3,100}-?\s?(?:#{2,3}|[-=]{2,3})\s*$/;
const REPLY_ABOVE_WORDS =
  /above this line|oberhalb dieser|au-dessus de cette|encima de esta|sopra questa|acima desta|boven deze (?:lijn|regel)|ovanför denna|over denne linje|powyżej tej|nad tento|выше этой/i;

/** Below it a program put what was said before. */
export function isSeparator(line: string): boolean {
  if (line.length > 200) return false;
  // QQ Mail writes the entity into its plain text.
  return (
    ORIGINAL_MESSAGE.test(line.replaceAll('&nbsp;', ' ')) ||
    (REPLY_ABOVE.test(line) && REPLY_ABOVE_WORDS.test(line))
  );
}
