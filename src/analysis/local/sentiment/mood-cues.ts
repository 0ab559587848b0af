import { defineCue } from '../cues/define-cue.ts';

/** Words that carry a mood of their own, in six languages; `^n` is how strongly. Anger has a cue of its own. */
export const moodCues = [
  defineCue('mood-good', {
    en: 'happy, pleased, glad, great, excellent^1.5, perfect^1.5, wonderful^1.5, fantastic^1.5, amazing^1.5, awesome^1.5, love^1.3, loved, delighted^1.5, satisfied, impressed, helpful, friendly, quick response, well done, good job, great work, appreciate, grateful, nice, enjoy*, recommend, smoothly, works fine, works well, congratulations, thrilled^1.5, excited, good news, brilliant^1.5, superb^1.5',
    de: 'zufrieden, begeistert^1.5, super, toll, tolle*, klasse, prima, perfekt^1.5, ausgezeichnet*^1.5, hervorragend*^1.5, wunderbar*^1.5, großartig*^1.5, freundlich, hilfreich*, gefreut, freut, freude, gut gemacht, schnelle hilfe, empfehl*, dankbar, lob*^0.8, spitze, gratul*, einwandfrei, reibungslos, bestens, glücklich, gute nachricht',
    fr: 'content*, ravi*^1.3, satisfait*, excellent*^1.5, parfait*^1.5, super, génial*^1.5, formidable^1.5, magnifique^1.5, heureu*, merveill*^1.5, efficace, aimable, bravo, félicit*, recommand*^0.7, reconnaissant*, impeccable^1.5, enchanté*, bonne nouvelle, apprécié*, adoré',
    es: 'contento*, contenta, feliz, encantad*^1.3, satisfech*, excelente^1.5, perfecto^1.5, perfecta, genial^1.5, fantástic*^1.5, maravillos*^1.5, estupend*^1.5, amable, eficaz, enhorabuena, felicit*, recomend*^0.7, agradecid*, buen trabajo, buena noticia, muy bien, me encanta^1.5',
    it: 'contento, contenta, felice, soddisfatt*, ottim*^1.3, perfetto^1.5, perfetta, fantastic*^1.5, meraviglios*^1.5, eccellent*^1.5, splendid*^1.5, gentile^0.6, efficiente, complimenti^1.3, bravissim*, consigl*^0.6, grato, buona notizia, lieto, lieta, entusiasta^1.5, impeccabile^1.5',
    pt: 'contente, feliz, satisfeit*, excelente^1.5, perfeito^1.5, perfeita, ótim*^1.3, fantástic*^1.5, maravilhos*^1.5, espetacular^1.5, amável, eficaz, parabéns^1.3, recomend*^0.7, gostei^1.2, adorei^1.5, bom trabalho, boa notícia, muito bem, impecável^1.5',
  }),
  defineCue('mood-bad', {
    en: 'unhappy, disappointed^1.3, disappointing^1.3, bad, terrible^1.5, awful^1.5, horrible^1.5, poor, poorly, useless^1.5, broken, damaged, defective, faulty, wrong, missing, problem*^0.6, issue^0.4, issues^0.5, error*^0.5, fail*^0.7, complain*, annoy*, upset, hate^1.5, rude^1.5, slow^0.7, delay*^0.7, late^0.5, waiting for^0.5, unfortunately^0.6, unable^0.5, refuse*, cancel*^0.5, scam^1.5, lie^0.8, lied^1.3, waste*, regret*^0.5, concern*^0.5, worried, angry, incompetent^1.5, overcharged^1.2, lost^0.6, nightmare^1.5, sad, sorry to hear, does not work, not working, doesn t work',
    de: 'unzufrieden^1.3, enttäuscht*^1.3, enttäuschend*^1.3, schlecht*, schrecklich*^1.5, furchtbar*^1.5, mangelhaft*, kaputt, defekt*, beschädigt*, falsch*, fehlt, fehlen, fehlerhaft*, problem*^0.6, fehler*^0.5, ärger*, beschwer*, reklam*^0.8, nervt, unfreundlich*^1.3, langsam^0.7, verspät*^0.7, verzögert*^0.7, leider^0.6, unmöglich, unbrauchbar*^1.5, katastroph*^1.5, betrug*^1.5, abzocke^1.5, unfähig^1.5, traurig, besorgt, funktioniert nicht, geht nicht, lässt zu wünschen',
    fr: 'mécontent*^1.3, déçu*^1.3, décevant*^1.3, mauvais*, terrible^1.3, horrible^1.5, nul*^0.8, catastroph*^1.5, cassé*, abîmé*, défectueu*, endommagé*, erroné*, manquant*, manque^0.5, problème*^0.6, erreur*^0.5, panne^0.7, plainte, plaindre, réclamation^0.8, insatisf*^1.3, lent*^0.5, retard*^0.7, malheureusement^0.6, impossible^0.7, arnaque^1.5, incompéten*^1.5, triste, inquiet*, ne fonctionne pas, ne marche pas, regrett*^0.5',
    es: 'descontent*^1.3, decepcion*^1.3, mal^0.7, malo, mala, malísim*^1.5, terrible^1.3, horrible^1.5, pésim*^1.5, roto, rota, dañad*, defectuos*, equivocad*, incorrect*^0.8, falta^0.5, faltan, problema*^0.6, error*^0.5, fallo*^0.7, falla*^0.7, queja*, reclam*^0.8, insatisfech*^1.3, lento^0.7, retras*^0.7, lamentable*^1.2, desgraciadamente^0.6, imposible^0.7, estafa^1.5, incompeten*^1.5, triste, preocupad*, no funciona, molest*^0.6',
    it: 'scontent*^1.3, delus*^1.3, deludent*^1.3, cattiv*, pessim*^1.5, terribil*^1.3, orribil*^1.5, rotto, rotta, danneggiat*, difettos*, sbagliat*, errat*^0.8, manca, mancano, mancante, problem*^0.6, errore^0.5, errori^0.5, guasto, lament*, reclam*^0.8, insoddisfatt*^1.3, lento^0.7, ritard*^0.7, purtroppo^0.6, impossibile^0.7, truffa^1.5, incompetent*^1.5, triste, preoccupat*, non funziona, disservizio^1.2',
    pt: 'descontente^1.3, desilud*^1.3, decepcion*^1.3, dececion*^1.3, mau, má, péssim*^1.5, terrível^1.3, horrível^1.5, partid*^0.5, quebrad*, danificad*, defeituos*, defeito, errad*, incorret*^0.8, falta^0.5, faltam, problema*^0.6, erro^0.5, erros^0.5, avaria*^0.7, queixa*, reclam*^0.8, insatisfeit*^1.3, lento^0.7, atras*^0.7, infelizmente^0.6, impossível^0.7, burla^1.5, incompeten*^1.5, triste, preocupad*, não funciona, lament*^0.6',
  }),
  defineCue('mood-more', {
    en: 'very, extremely, really, so, totally, absolutely, completely, highly, incredibly',
    de: 'sehr, äußerst, extrem, wirklich, total, absolut, völlig, besonders, überaus',
    fr: 'très, extrêmement, vraiment, totalement, absolument, tellement, particulièrement',
    es: 'muy, extremadamente, realmente, totalmente, absolutamente, tan, sumamente',
    it: 'molto, estremamente, davvero, totalmente, assolutamente, veramente, particolarmente',
    pt: 'muito, extremamente, realmente, totalmente, absolutamente, tão, particularmente',
  }),
];
