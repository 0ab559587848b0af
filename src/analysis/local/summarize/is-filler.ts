const FILLER = [
  /^(?:i|we) hope (?:this|you|all)\b/i,
  /^hope (?:this|you|all)\b/i,
  /^(?:thank you|thanks|many thanks)\b.{0,60}$/i,
  /^(?:vielen|herzlichen|besten) dank\b.{0,60}$/i,
  /^danke\b.{0,50}$/i,
  /^ich hoffe,? (?:es geht|diese)/i,
  /^(?:merci|je vous remercie|nous vous remercions)\b.{0,60}$/i,
  /^j.esp[eè]re que vous/i,
  /^(?:muchas |mil )?gracias\b.{0,60}$/i,
  /^espero que\b.{0,60}$/i,
  /^(?:grazie|vi ringrazi|la ringrazi|ringrazi)\S*\b.{0,60}$/i,
  /^spero che\b.{0,60}$/i,
  /^(?:muito )?obrigad[oa]\b.{0,60}$/i,
  /^(?:(?:i|we) (?:am |are )?)?look(?:ing)? forward\b/i,
  /^(?:ich|wir) freue[n]? (?:mich|uns)\b.{0,60}$/i,
  /^(?:dans l.attente|en attente|in attesa|quedo a la espera|fico a aguardar|a la espera)\b/i,
  /^(?:sent from my|von meinem|gesendet von|envoyé de(?:puis)? mon|enviado desde|inviato da|enviado do)\b/i,
  /\b(?:unsubscribe|abbestellen|abmelden|se désabonner|désinscri|darse de baja|disiscri|cancelar a subscrição)/i,
  /\b(?:view|im browser|navigateur|navegador|nel browser)\b.{0,30}\b(?:browser|ansehen|anzeigen)?$/i,
  /\b(?:intended (?:solely|only) for|confidential|vertraulich|confidentiel|confidencial|riservat[oe])\b.{0,200}$/i,
  /^(?:https?:\/\/|www\.)/i,
  /^(?:from|sent|to|cc|subject|date|von|gesendet|an|betreff|datum|de|envoyé|à|objet|enviado|para|asunto|assunto|da|inviato|a|oggetto|data) ?: /i,
  /^##/,
  /^\[?(?:image|cid|logo)\b/i,
  /^(?:begin forwarded|-----)/i,
  /^(?:on|am|le|el|il|em|op) .{5,100} (?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu)\b.{0,60}:$/i,
  /\b(?:not the intended recipient|nicht der richtige adressat|pas le destinataire|no es el destinatario|non siete i destinatari|não é o destinatário)/i,
  /\b(?:registered in|registered office|handelsregister|amtsgericht|siège social|sede legale|geschäftsführer)\b/i,
  /^(?:if you have any (?:further )?questions|please (?:do not|don.t) hesitate|für rückfragen|bei rückfragen|n.hésitez pas|no dude en|non esiti|não hesite)/i,
];

/** Courtesies, footers and links: true sentences that say nothing about the matter. */
export function isFiller(sentence: string): boolean {
  const head = sentence.slice(0, 300);
  return FILLER.some((pattern) => pattern.test(head));
}
