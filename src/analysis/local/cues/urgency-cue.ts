import { defineCue } from './define-cue.ts';

/** Someone says that it is urgent. The weight is in priority steps: 1 turns NORMAL into HIGH. */
export const urgencyCue = defineCue('urgency', {
  '*': 'urgent^1, asap^1, a s a p^0.7',
  en: 'urgently, urgency, immediately, immediate action^0.8, immediate attention^0.8, immediate, right away^0.8, at once^0.8, straight away^0.8, hurry^0.7, critical^0.8, critically^0.8, emergency^1, as soon as possible^0.45, as quickly as possible^0.45, at the earliest^0.3, high priority^0.8, top priority^0.8, highest priority^0.8, time sensitive^0.7, time critical^0.8, cannot wait^0.8, can t wait any longer^0.7, without delay^0.7, promptly^0.4, quickly^0.3, pressing^0.6',
  de: 'dringend*, dringlich*, eilt, eilig*^0.8, sofort, sofortig*, umgehend*^0.8, unverzüglich*^0.8, schnellstmöglich*^0.6, so schnell wie möglich^0.4, so bald wie möglich^0.4, baldmöglichst^0.4, kritisch*^0.8, notfall*^1, höchste priorität^0.8, hohe priorität^0.8, duldet keinen aufschub^0.8, zeitkritisch*^0.8, zeitnah^0.3',
  fr: 'urgente*, urgence, immédiat*^0.8, immédiatement^0.8, tout de suite^0.8, dès que possible^0.4, au plus vite^0.5, au plus tôt^0.4, le plus rapidement possible^0.4, sans délai^0.7, sans tarder^0.6, critique^0.8, prioritaire^0.7, rapidement^0.3',
  es: 'urgente*, urgentemente, urgencia, inmediato^0.8, inmediata*^0.8, de inmediato^0.8, cuanto antes^0.5, lo antes posible^0.4, a la mayor brevedad^0.5, crítico^0.8, crítica^0.8, emergencia^1, sin demora^0.7, prioridad alta^0.8, máxima prioridad^0.8',
  it: 'urgente, urgenti, urgentemente, urgenza, immediatamente^0.8, immediato^0.8, immediata^0.8, subito^0.7, al più presto^0.45, il prima possibile^0.45, quanto prima^0.4, critico^0.8, critica^0.8, emergenza^1, senza indugio^0.7, priorità alta^0.8, massima priorità^0.8, tempestiv*^0.4',
  pt: 'urgente*, urgentemente, urgência, imediato^0.8, imediata*^0.8, de imediato^0.8, o mais rápido possível^0.4, o mais rapidamente possível^0.4, o quanto antes^0.5, o mais breve possível^0.4, com a maior brevidade^0.4, crítico^0.8, crítica^0.8, emergência^1, sem demora^0.7, prioridade alta^0.8, máxima prioridade^0.8',
});
