import { defineCue } from './define-cue.ts';

/** The writer is angry, threatens to leave, or has been kept waiting. */
export const angerCue = defineCue('anger', {
  '*': 'wtf',
  en: 'unacceptable, furious, angry, outrageous, ridiculous, disgrace*, fed up, appalling, disgusted, worst, third time, second time^0.7, second reminder, third reminder, final reminder, still no answer, still no reply, still no response, no one answers, nobody answers, ignored, losing patience, last chance, cancel my contract, take our business elsewhere, never again, extremely disappointed, very disappointed, very frustrated, frustrat*^0.7, overdue, despite our reminder*, despite several, without a reply, without any reply',
  de: 'inakzeptabel, nicht akzeptabel, unverschämt*, frechheit, zumutung, wütend, stinksauer, verärgert, skandal*, zum dritten mal, zum zweiten mal^0.7, letzte mahnung, zweite mahnung, dritte mahnung, immer noch keine antwort, niemand antwortet, ignoriert, geduld, es reicht, nie wieder, sehr enttäuscht, maßlos enttäuscht, letzte frist, zum wiederholten mal*, kündige, mahngebühr*, 2 mahnung, 3 mahnung, 2 zahlungserinnerung, überfällig*, trotz mehrfacher, trotz unserer erinnerung, ohne antwort',
  fr: 'inacceptable*, inadmissible, scandaleux, honteux, furieux, en colère, ras le bol, troisième fois, deuxième relance, troisième relance, toujours pas de réponse, aucune réponse, personne ne répond, plus jamais, très déçu*, dernière relance, dernier rappel, patience, sans réponse, malgré nos relances, malgré plusieurs, impayé*',
  es: 'inaceptable*, indignad*, indignante, vergüenza, furios*, hart*^0.6, tercera vez, segunda vez^0.7, sigo sin respuesta, nadie responde, nadie contesta, nunca más, muy decepcionad*, último aviso, paciencia, sin respuesta, vencid*, a pesar de',
  it: 'inaccettabil*, vergogn*, furios*, arrabbiat*, indecente, terza volta, seconda volta^0.7, ancora nessuna risposta, nessuno risponde, mai più, molto delus*, ultimo sollecito, ultimo avviso, secondo sollecito, pazienza, sollecito, senza risposta, scadut*, nonostante',
  pt: 'inaceitável, inadmissível, vergonha, furios*, absurdo, terceira vez, segunda vez^0.7, ainda sem resposta, ninguém responde, nunca mais, muito desiludid*, muito insatisfeit*, último aviso, paciência, sem resposta, em atraso, apesar de',
});
