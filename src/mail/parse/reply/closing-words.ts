// en de fr es it pt nl sv da no fi pl cs ru uk tr hu ro el zh ja ko. Compared in lower case, without end punctuation.
const FAREWELLS = [
  'regards|best regards|kind regards|kindest regards|warm regards|warmest regards|with best regards|with kind regards|best|all the best|best wishes|with best wishes|sincerely|sincerely yours|yours sincerely|yours faithfully|yours truly|yours|respectfully|respectfully yours|cordially|cheers|take care|rgds|br|kr|warmly|love|with regards|have a nice day|have a great day|have a good day|have a nice weekend|have a great weekend|talk soon|looking forward to hearing from you',
  'mit freundlichen grüßen|mit freundlichen grüssen|mit freundlichem gruß|mit freundlichem gruss|mfg|viele grüße|viele grüsse|beste grüße|beste grüsse|mit besten grüßen|mit besten grüssen|liebe grüße|liebe grüsse|herzliche grüße|herzliche grüsse|schöne grüße|freundliche grüße|freundliche grüsse|freundlicher gruß|mit lieben grüßen|gruß|gruss|grüße|grüsse|lg|vg|hg|hochachtungsvoll|bis bald',
  'cordialement|bien cordialement|très cordialement|bien à vous|bien à toi|salutations|salutations distinguées|meilleures salutations|sincères salutations|respectueusement|amicalement|bonne journée|bonne soirée|bonne réception|bonne fin de journée|à bientôt|cdlt|cdt|bav',
  'saludos|un saludo|un cordial saludo|saludos cordiales|cordiales saludos|atentamente|atte|cordialmente|un abrazo|reciba un cordial saludo',
  'cordiali saluti|distinti saluti|saluti|un saluto|un cordiale saluto|cordialmente|a presto|buona giornata',
  'atenciosamente|cumprimentos|melhores cumprimentos|com os melhores cumprimentos|cordialmente|abraços|abraço|um abraço|att|saudações',
  'met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|vriendelijke groeten|groeten|groet|hartelijke groet|hartelijke groeten|hoogachtend|mvg',
  'med vänlig hälsning|med vänliga hälsningar|vänlig hälsning|vänliga hälsningar|bästa hälsningar|hälsningar|hälsning|mvh|vh',
  'med venlig hilsen|venlig hilsen|mange hilsner|bedste hilsner|de bedste hilsner|hilsen|kh|dbh|med vennlig hilsen|vennlig hilsen|beste hilsen|med hilsen',
  'ystävällisin terveisin|ystävällisesti|terveisin|parhain terveisin|terveiset|yst terv|terv',
  'z poważaniem|z powazaniem|pozdrawiam|serdecznie pozdrawiam|pozdrowienia|z wyrazami szacunku|łączę pozdrowienia',
  's pozdravem|s přátelským pozdravem|s úctou|zdravím|hezký den|s přáním hezkého dne|s pozdravom',
  'с уважением|с наилучшими пожеланиями|всего доброго|всего хорошего|всего наилучшего|з повагою|з найкращими побажаннями',
  'saygılarımla|saygılar|saygılarımızla|iyi çalışmalar|iyi günler|selamlar|sevgiler',
  'üdvözlettel|tisztelettel|szívélyes üdvözlettel|cu stimă|toate cele bune|με εκτίμηση|φιλικά',
  '此致|此致敬礼|敬礼|祝好|顺颂商祺|谨启|敬具|よろしくお願いいたします|よろしくお願いします|以上|안녕히 계세요|좋은 하루 되세요',
];
const THANKS = [
  'thanks|thank you|many thanks|thanks a lot|thank you very much|thanks very much|thanks again|thank you again|thanks in advance|thank you in advance|thx|tia|with thanks|much appreciated|danke|vielen dank|besten dank|herzlichen dank|danke im voraus|vielen dank im voraus|danke schön',
  'merci|merci beaucoup|merci d’avance|merci par avance|gracias|muchas gracias|gracias de antemano|grazie|grazie mille|molte grazie|obrigado|obrigada|muito obrigado|muito obrigada|bedankt|dank u|dank je|alvast bedankt|met dank|tack|tack så mycket|tack på förhand|tak|mange tak|på forhånd tak|takk|tusen takk|kiitos|kiitos paljon|dziękuję|z góry dziękuję|děkuji|děkujeme|děkuji předem',
  'спасибо|заранее спасибо|благодарю|дякую|teşekkürler|teşekkür ederim|köszönöm|köszönettel|mulțumesc|ευχαριστώ|谢谢|谢谢您|多谢|ありがとうございます|감사합니다|고맙습니다',
];

const toSet = (lists: readonly string[]): ReadonlySet<string> =>
  new Set(lists.flatMap((list) => list.split('|')));
const FAREWELL_SET = toSet(FAREWELLS);
const THANKS_SET = toSet(THANKS);
const MAX_CHARS = 70;
const AND = / (?:and|&|und|et|y|e|en|och|og|ja|i|a|и|та|ve) /;

/** Whether a line closes a letter, perhaps with a name: `Best regards, Ann`, `Danke und Gruß`. */
export function findClosing(line: string): 'farewell' | 'thanks' | undefined {
  const plain = line.trim().replaceAll("'", '’').toLowerCase();
  if (plain === '' || plain.length > MAX_CHARS) return undefined;
  const words = strip(plain);
  const [head = '', ...tail] = plain.split(/[,;!.~،，。、！]/, 4);
  const name = strip(tail.join(' '));
  return classify(words) ?? (name === '' || isShort(name) ? classify(strip(head)) : undefined);
}

function classify(words: string): 'farewell' | 'thanks' | undefined {
  const pieces = words.split(AND, 3);
  if (pieces.some((piece) => !FAREWELL_SET.has(piece) && !THANKS_SET.has(piece))) {
    const [first = '', ...rest] = words.split(/ [-/|] /, 3);
    return rest.length > 0 ? classify(first) : undefined;
  }
  return pieces.some((piece) => FAREWELL_SET.has(piece)) ? 'farewell' : 'thanks';
}

function isShort(name: string): boolean {
  return name.split(/\s+/).length <= 3;
}

function strip(text: string): string {
  return text
    .replace(/[\p{P}\p{S}\s]+/gu, (run) => (/[&'’\-/|]/.test(run) ? run : ' '))
    .trim()
    .replace(/^[-/|*_'’ ]{1,4}|[-/|*_'’ ]{1,4}$/g, '');
}
