const DEVICE =
  /^\W{0,4}(?:t[ée]l[ée]chargez outlook|skaffa outlook|få outlook|hanki outlook|pobierz (?:aplikację )?outlook|získat outlook|скачать outlook|завантажити outlook|(?:ios|android)용 outlook|(?:ios|android) için outlook|\p{L}{2,20}(?: \p{L}{2,20})? cihazımdan gönderildi|.{2,30}-r[oó]l küldve|sent (?:from|via|with|by|using) (?:(?:my|an?|the) )?\[?(?:[\p{Lu}\d]|i[PO]|mobile|phone|cell|mail\b|tablet|smartphone|galaxy)|(?:\p{L}{2,20} )?from (?:my )?(?:mobile|iphone|ipad|phone)\W{0,3}.{0,20}$|get outlook for|get \[outlook|outlook for (?:ios|android)|(?:von meinem|von mobile|von unterwegs|mit meinem|aus meinem) .{0,60}gesendet|diese nachricht wurde (?:von|mit) .{3,60} gesendet|gesendet (?:von|mit|aus) |outlook (?:für|pour|para|per|voor) |hol(?:en sie sich)? outlook für|(?:envoyé|expédié|envoyée) (?:depuis|de|à partir de|avec|par) (?:mon|ma|un|\p{Lu})|envoyé de mon|télécharger outlook|obtenir outlook|obtenez outlook|enviado (?:desde|do|a partir do|de|con|através) (?:mi |meu |minha |el )?\p{L}|obtener outlook|obter o outlook|inviato (?:da|dal|con) |scarica outlook|ottieni outlook|verzonden (?:vanaf|met|vanuit) |verstuurd (?:vanaf|met) |download outlook|skickat från |från min i|hämta outlook|sendt fra |sendt med |hent outlook|lähetetty |wysłano? z |wysłane z |pobierz program outlook|odesláno z |odoslané z |отправлено (?:с|из|от)|надіслано з |gönderildi|iphone['’`]?(?:umdan|dan)|ipad['’`]?imden|[從从]我的.{1,30}[傳发發]送|发自我的|發自我的|iPhone ?から送信|(?:내|나의) .{1,30}에서 보냄|elküldve |trimis de pe |στάλθηκε από )/iu;
const EXCUSE = /excuse|pardon|typo|brevity|brief|spelling|tippfehler|kürze|fautes|errores|errori/i;
const MAX_CHARS = 140;

/** The line that a phone or a mail program puts under each message: `Sent from my iPhone`. */
export function isDeviceLine(line: string): boolean {
  const plain = line.trim().replace(/^<<|^\(/, '');
  if (plain === '' || plain.length > MAX_CHARS || !DEVICE.test(plain)) return false;
  // `Sent from my desk, it is easier than my phone.` is said by a person.
  return plain.split(/\s+/).length <= 14 && (!/[,;].{12,}[.!?]$/.test(plain) || EXCUSE.test(plain));
}
