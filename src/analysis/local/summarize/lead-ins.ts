/** What people write before they come to the matter, in en, de, fr, es, it and pt. Tried twice, at the front of a sentence. */
export const LEAD_INS: readonly RegExp[] = [
  /^(?:also|and|so|but|well|ok|okay|fyi|for your (?:info|information|review|records?)|as (?:you (?:may |all |probably )?(?:know|requested|can see)|we discussed|discussed|requested|promised)|per (?:our|your) (?:conversation|request|discussion)|if you (?:haven.t|have not) already)\b[,:.\s-]{0,3}/i,
  /^(?:i|we) (?:just |also |really )?(?:wanted|want|would like|.d like|am writing|are writing|am pleased|are pleased|wish) to (?:let (?:you|everyone|everybody) (?:all )?know|inform (?:you|everyone)|tell you|advise(?: you)?|announce|remind (?:you|everyone)|confirm|follow up (?:on|with)|ask(?: you)?|make sure|touch base|thank you for)(?: that| about| of| if| whether)?\s/i,
  /^(?:just )?(?:a )?(?:quick |friendly )?(?:reminder|note)(?: to (?:you|all|everyone|let you know))?(?: that)?[:,]?\s/i,
  /^please (?:be advised|note|be aware|remember|find|see|review)(?: that)?(?: the)?(?: attached| below| enclosed| following){0,2}(?: is| are)?(?: for your review)?,?(?: the| a| an| my| our)?\s/i,
  /^(?:attached|enclosed|below|here|following|the following|this|these)(?: please find)?(?: is| are)(?: for your (?:review|information|records|comments),?)?(?: the| a| an| my| our| some)?\s/i,
  /^attached (?:please )?find(?: the| a| an)?\s/i,
  /^it is my (?:understanding|pleasure) (?:that|to)\s/i,
  /^i (?:think|believe|understand|hope|guess|wonder|was wondering)(?: that| if| whether)?\s/i,
  /^(?:hiermit|anbei|wie besprochen|wie gewünscht|zur info(?:rmation)?|(?:ich|wir) (?:möchte|möchten|wollte|wollten) (?:sie|ihnen|euch|dich|dir) (?:kurz )?(?:darüber )?(?:informieren|mitteilen|daran erinnern|bitten)),?(?: dass)?[:\s]\s?/i,
  /^(?:comme convenu|pour (?:votre )?info(?:rmation)?|(?:je|nous) (?:vous (?:écris|écrivons|informe|informons|signale|contacte)|tiens à vous informer|souhaite vous informer)(?: pour| que| car)?|veuillez (?:noter|trouver)(?: que)?(?: ci-joint)?),?\s/i,
  /^(?:según lo acordado|para su información|(?:le|les|os|te) (?:escribo|escribimos|informo|informamos|comunico|comunicamos)(?: para| de)?(?: que| porque)?|adjunto (?:le |les )?(?:envío|remito)?),?\s/i,
  /^(?:come d.accordo|per (?:vostra |sua )?(?:conoscenza|informazione)|(?:vi|le|ti) (?:scrivo|scriviamo|informo|informiamo|comunico|comunichiamo)(?: per| che| perché)?|in allegato(?: trova| trovate)?),?\s/i,
  /^(?:conforme (?:combinado|acordado)|para (?:sua |vossa )?informação|(?:venho|vimos) por este meio(?: informar| solicitar)?(?: que)?|escrevo(?:-lhe|-vos)?(?: para| porque)?|segue em anexo|em anexo),?\s/i,
];
