import { hashWord } from './read-words.ts';

/** What words do in an order to a machine, in any of the languages that mail comes in. One bit each. */
const WORDS: readonly string[] = [
  // Work that an assistant is given.
  `write compose create generate produce draft craft give provide develop tell explain describe define list name outline
  calculate solve analyse analyze classify compare suggest recommend invent imagine pretend act roleplay summarize summarise paraphrase
  play sing design implement code debug teach help show find identify rate determine extract count plan book set turn play order organise organize
  schreibe schreib erstelle erkläre nenne beschreibe erzähle berechne écris rédige explique décris donne raconte calcule escribe crea explica
  describe cuenta dime scrivi crea spiega descrivi racconta escreva crie explique conte descreva schrijf leg`,
  // Changes to the answer.
  `add insert include append integrate incorporate weave embed modify alter adjust change augment enhance extend enrich expand supplement
  end begin start conclude finish replace remove substitute swap reverse rearrange scramble jumble shuffle omit drop leave keep mention say state
  print repeat output display reveal encode decode encrypt cipher convert translate transform render turn spell put slip place work sprinkle
  promote advertise urge invite encourage introduce inject use misspell answer respond reply speak
  füge übersetze antworte gib zeige wiederhole ersetze ajoute traduis réponds affiche répète añade incluye traduce responde muestra repite
  aggiungi traduci rispondi mostra ripeti adicione inclua traduza responda mostre repita`,
  // Questions.
  `what what's who who's whose when where which why how was were wer wo wann warum wieso weshalb wie welche welcher welches quel quelle quels quelles
  qui où quand pourquoi comment cuál quién dónde cuándo cómo qual chi dove quando perché come quem onde qué quelli`,
  // The answer itself.
  `response responses reply replies answer answers output summary completion antwort antworten ausgabe zusammenfassung réponse réponses résumé
  respuesta respuestas resumen risposta riassunto resposta resumo antwoord`,
  // Setting aside what was said before.
  `ignore ignoring disregard forget bypass override overrule discard neglect instead regardless ignoriere vergiss missachte ignorez oublie
  oubliez ignora olvida dimentica esqueça esquece negeer vergeet`,
  // The machine and what it is made of.
  `ai llm llms gpt chatgpt copilot assistant assistants chatbot bot bots agent agents model prompt prompts system developer jailbreak dan ki assistent
  assistenten sprachmodell ia assistente asistente modelo modèle modello anweisungen instructions instruction directives consignes instrucciones istruzioni instruções
  debug restrictions guidelines unrestricted`,
  // Who writes, and his own affairs.
  `i i'm i've i'd i'll me my mine we we're we've we'd we'll us our ours ich mir mich mein meine meinem meinen meiner wir uns unser unsere unserem
  unseren unserer je j'ai me mon ma mes nous notre nos yo mi mis nos nuestro nuestra nuestros nuestras nosotros io mio mia noi nostro nostra
  nostri eu meu minha meus nós nosso nossa nossos ik mijn wij ons onze`,
  // Whoever is written to.
  `you your yours you're you've you'd sie ihr ihre ihrem ihren ihrer ihnen du dein deine dich dir vous votre vos toi ton ta tes usted ustedes su sus
  tu voi vostro vostra vostre lei suo sua você vocês seu seus u uw jij jouw`,
  // What lies before both.
  `this that these those it its it's here attached enclosed attachment below above they them he she his her dies diese dieser dieses diesem anbei
  anhang hier er es ce cet cette ces ci-joint il elle esto este esta estos adjunto aquí questo questa allegato qui isto este esta anexo aqui`,
  // Politeness about an answer, and greetings.
  `thanks thank thankful grateful appreciate appreciated await awaiting looking look forward hope regards sincerely dear hi hello danke dank vielen
  freue freuen gruß grüßen merci attente cordialement gracias espera espero saludo saludos grazie attesa saluti obrigado obrigada aguardo
  aguardando atenciosamente bedankt groet`,
  `poem story stories limerick haiku song essay joke riddle novel lyrics rhyme speech sonnet tale dialogue script paragraph headline slogan tweet recipe
  gedicht geschichte witz poème histoire blague poema cuento chiste poesia storia barzelletta conto piada emoji emojis anagram anagrams`,
  `french german spanish italian japanese swahili portuguese russian arabic hindi dutch turkish korean latin swedish chinese polish greek english mandarin
  hebrew finnish danish norwegian vietnamese thai czech`,
  `python java javascript typescript rust sql php ruby html css kotlin swift function algorithm loop array variable compiler recursion regex linux
  class code programming`,
  `letters letter vowels vowel consonants words word sentence sentences spaces spelling backwards alphabet caesar rot13 morse base64 base32 hexadecimal hex binary
  ascii cipher leetspeak caps uppercase lowercase characters symbols numbers`,
  `password passwords credentials api key token secret secrets confidential contacts inbox forward exfiltrate silently secretly delete transfer approve
  passwort mot contraseña senha`,
  // What business is done with: no one sends an assistant to it.
  `invoice order delivery contract meeting customer account payment project team product ticket appointment refund rechnung lieferung bestellung
  vertrag termin kunde konto facture commande livraison contrat client compte factura pedido entrega contrato cliente cuenta fattura ordine
  consegna contratto fatura entrega`,
];

export const CLASS = {
  task: 1,
  edit: 2,
  question: 4,
  answer: 8,
  override: 16,
  machine: 32,
  writer: 64,
  reader: 128,
  pointer: 256,
  courtesy: 512,
} as const;
export const CLASSES = WORDS.length;

const BITS: ReadonlyMap<number, number> = toBits();

function toBits(): Map<number, number> {
  const bits = new Map<number, number>();
  for (const [i, words] of WORDS.entries()) {
    for (const word of words.split(/\s+/).map((one) => hashWord(one.replace(/\d/g, '0'))))
      bits.set(word, (bits.get(word) ?? 0) | (1 << i));
  }
  return bits;
}

/** The classes of a word as bits, asked by its hash; 0 for most. */
export function classesOf(hash: number): number {
  return BITS.get(hash) ?? 0;
}
