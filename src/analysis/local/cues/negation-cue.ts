import { defineCue } from './define-cue.ts';

/** Turns the wording that follows into its opposite: `not urgent`. */
export const negationCue = defineCue('negation', {
  en: 'not, no, isn t, isnt, never, without, non, nothing',
  de: 'nicht, kein, keine, keinen, keiner, keinerlei, nie, ohne, weder',
  fr: 'pas, non, aucun, aucune, jamais, sans, rien',
  es: 'no, sin, ningún, ninguna, nunca, nada, tampoco',
  it: 'non, senza, nessun, nessuna, mai, nulla, niente',
  pt: 'não, sem, nenhum, nenhuma, nunca, nada',
});
