import { defineCue } from './define-cue.ts';

/** Someone says that it can wait, or that nothing needs to be done. */
export const calmCue = defineCue('calm', {
  '*': 'fyi',
  en: 'no rush, no hurry, not in a hurry, no urgency, when you have time, when you get a chance, whenever convenient, at your convenience^0.7, whenever you have a moment, low priority, for your information, no action needed, no action required, no need to reply, no need to respond, nothing urgent, take your time, there is no deadline, just wanted to say^0.7, just to let you know^0.7',
  de: 'keine eile, hat keine eile, eilt nicht, hat zeit, wenn sie zeit haben, bei gelegenheit, niedrige priorität, zur information, zur kenntnis, zu ihrer information, kein handlungsbedarf, keine antwort nötig, keine antwort erforderlich, nichts dringendes, in aller ruhe, lassen sie sich zeit',
  fr: 'rien ne presse, pas pressé, pas d urgence, sans urgence, quand vous aurez le temps, quand vous aurez un moment, à l occasion, pour information, pour votre information, aucune action requise, pas besoin de répondre, faible priorité, prenez votre temps',
  es: 'sin prisa, no hay prisa, no corre prisa, cuando pueda^0.7, cuando puedan^0.7, cuando tenga tiempo, cuando tengan tiempo, para su información, no requiere respuesta, no hace falta responder, baja prioridad, no es necesario responder, nada urgente',
  it: 'senza fretta, non c è fretta, nessuna fretta, con calma, quando ha tempo, quando avete tempo, quando può^0.7, per conoscenza, per vostra informazione, nessuna azione richiesta, non serve rispondere, bassa priorità, nulla di urgente, niente di urgente',
  pt: 'sem pressa, não há pressa, não tem pressa, quando puder^0.7, quando puderem^0.7, quando tiver tempo, para sua informação, para vossa informação, não é necessário responder, não precisa responder, baixa prioridade, nada urgente',
});
