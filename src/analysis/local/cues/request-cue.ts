import { defineCue } from './define-cue.ts';

/** The sentence asks for something: what a reader wants to see first. */
export const requestCue = defineCue('request', {
  en: 'please, could you, can you, would you, will you, i need, we need, i would like, i d like, we would like, i want, we want, let me know, let us know, i am writing, i m writing, we are writing, i request, we request, kindly, need to know, asking you, would appreciate, looking for, want to know, when will, when can, how do, how can, is it possible, are you able, do you have, where is',
  de: 'bitte, könnten sie, können sie, könntest du, kannst du, würden sie, ich brauche, wir brauchen, ich benötige, wir benötigen, ich möchte, wir möchten, ich hätte gerne, wir hätten gerne, teilen sie uns, teilen sie mir, geben sie, ich bitte, wir bitten, ersuche, wann, wie kann, ist es möglich, haben sie, wo bleibt, fordern wir, fordere ich, erwarten wir, erwarte ich',
  fr: 'merci de, veuillez, pourriez vous, pouvez vous, je souhaite*, nous souhait*, je voudrais, nous voudrions, j aimerais, nous aimerions, j ai besoin, nous avons besoin, je vous prie de bien, je demande, nous demandons, est il possible, avez vous, quand, où en est, je vous écris, nous vous écrivons, svp, s il vous plaît',
  es: 'por favor, podría*, puede*, pueden, necesito, necesitamos, quisiera, quisiéramos, me gustaría, nos gustaría, solicito, solicitamos, ruego, rogamos, le escribo, les escribo, es posible, cuándo, dónde, tienen, quiero, queremos, agradecería',
  it: 'per favore, per cortesia, potete, potrebbe, potreste, può, vorrei, vorremmo, ho bisogno, abbiamo bisogno, chiedo, chiediamo, vi prego, la prego, vi scrivo, le scrivo, è possibile, quando, dove, avete, desidero, desideriamo, gradirei',
  pt: 'por favor, poderia*, podem, pode, preciso, precisamos, gostaria, gostaríamos, solicito, solicitamos, peço, pedimos, venho por este meio, escrevo, é possível, quando, onde, têm, queria, queremos, agradecia, agradeço',
});
