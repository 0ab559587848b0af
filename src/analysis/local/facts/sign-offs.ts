/** How letters end, folded, in six languages. A short line that begins so closes the letter. */
export const SIGN_OFFS: ReadonlySet<string> = new Set(
  `regards, best regards, kind regards, warm regards, kindest regards, with kind regards, with best regards, best wishes,
  all the best, best, sincerely, yours sincerely, yours faithfully, yours truly, sincerely yours, respectfully, cheers, thanks,
  thank you, many thanks, thanks a lot, thanks again, thanks in advance, thank you in advance, thanks and regards, rgds, yours,
  warmly, talk soon, mit freundlichen grussen, mit freundlichem gruss, mit freundlichen gruessen, freundliche grusse, freundliche gruesse,
  freundlicher gruss, viele grusse, viele gruesse, beste grusse, liebe grusse, herzliche grusse, schone grusse, mit besten grussen,
  mit herzlichen grussen, grusse, gruss, mfg, vg, lg, bg, hochachtungsvoll, danke, vielen dank, besten dank, herzlichen dank,
  danke im voraus, vielen dank im voraus, cordialement, bien cordialement, tres cordialement, bien a vous, salutations,
  meilleures salutations, sinceres salutations, salutations distinguees, respectueusement, merci, merci d avance, merci beaucoup,
  bonne journee, bonne reception, amicalement, cdt, je vous prie d agreer, veuillez agreer, nous vous prions d agreer,
  saludos, un saludo, saludos cordiales, un cordial saludo, cordiales saludos, cordialmente, atentamente, muy atentamente, gracias,
  muchas gracias, mil gracias, gracias de antemano, reciba un cordial, un abrazo, cordiali saluti, distinti saluti, saluti, un saluto,
  un cordiale saluto, cordialita, grazie, grazie mille, molte grazie, buona giornata, ringraziando, atenciosamente, cumprimentos,
  com os melhores cumprimentos, melhores cumprimentos, com os meus cumprimentos, obrigado, obrigada, muito obrigado, muito obrigada,
  saudacoes, abracos, abraco`
    .split(',')
    .map((phrase) => phrase.trim().replace(/\s+/g, ' ')),
);
