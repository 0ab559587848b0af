/** Subjects that only programs write: the prefix of an automatic reply in en de fr es it pt nl. */
export const AUTO_REPLY_PREFIX =
  /^\s{0,5}(?:auto(?:matic|mated)?[ -]?(?:reply|response)|automatische (?:antwort|antwoord)|réponse automatique|respuesta automática|risposta automatica|resposta automática|automatisch antwoord|autosvar|automatiskt svar)\s{0,3}[:：]/i;

/** Subjects that a person away writes, or a person about absence: weak evidence only. */
export const AWAY_SUBJECT =
  /out of (?:the )?office|away from (?:the |my )?office|on vacation|abwesenheit|nicht im (?:büro|hause)|absence du bureau|absent du bureau|fuera de (?:la )?oficina|ausencia de la oficina|fuori (?:sede|ufficio)|assente dall['’]ufficio|fora do escritório|ausência (?:temporária|do escritório)|afwezig/i;

/** Subjects of delivery failures. */
export const BOUNCE_SUBJECT =
  /undeliver|delivery (?:status notification|failure|has failed)|mail delivery (?:failed|failure|system)|returned mail|failure notice|unzustellbar|nicht zugestellt|non remis|échec de (?:la )?remise|no se puede entregar|mancata consegna|não entregue/i;

export const MAILER_DAEMON =
  /^(?:mailer-daemon|mail-daemon|post[_-]?master|mdaemon|mailerdaemon)(?:[+=.-][^@]{0,64})?(?:@|$)/i;

/** Local parts of senders that read no answers. */
export const NO_REPLY =
  /^(?:[^@]{0,64}[._+-])?(?:no|not|do[._-]?not|nicht|ne[._-]?pas|non|nao)[._-]?(?:reply|replay|respond|answer|antworten|repondre|responder|rispondere)(?:[._+-][^@]{0,64})?@/i;
