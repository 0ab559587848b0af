import { getDomain } from 'tldts';
import type { MessageView } from '../../../domain/message.ts';
import type { ThreatSymbol } from '../../../domain/threat.ts';
import type { Link } from './find-links.ts';

const CAP = 8000;

/** In en, de, fr, es, it, pt. A verb and its object within one sentence, in either order where a language allows it. */
const CREDENTIALS: readonly RegExp[] = [
  /\b(?:verify|confirm|validate|update|restore|unlock|reactivate)\b[^.!?\n]{0,40}\b(?:account|password|identity|mailbox|credentials|payment (?:method|details))/,
  /\b(?:account|mailbox|password|access)\b[^.!?\n]{0,40}\b(?:suspended|locked|expires?|expired|deactivated|limited|restricted|blocked)\b/,
  /\b(?:sign|log)[- ]?in\b[^.!?\n]{0,40}\b(?:keep|restore|avoid|activity|attempt)\b|\bunusual\b[^.!?\n]{0,30}\b(?:activity|sign-?in|login)\b/,
  /\b(?:mailbox|storage|quota)\b[^.!?\n]{0,30}\b(?:full|exceeded)\b|\bpostfach\b[^.!?\n]{0,20}\bvoll\b/,
  /\b(?:konto|passwort|zugang|zugangsdaten|postfach|identität)\b[^.!?\n]{0,50}\b(?:bestätigen|verifizieren|aktualisieren|gesperrt|eingeschränkt|läuft ab|abgelaufen|wiederherstellen)/,
  /\b(?:vérifie[rz]|confirme[rz]|valide[rz]|mettre à jour|mettez à jour)\b[^.!?\n]{0,40}\b(?:compte|mot de passe|identité|identifiants)/,
  /\bcompte\b[^.!?\n]{0,40}\b(?:suspendu|bloqué|limité|expir)/,
  /\b(?:verifi(?:que|car)|confirm(?:e|ar)|actuali(?:ce|zar)|valid(?:e|ar))\b[^.!?\n]{0,40}\b(?:cuenta|contraseña|identidad|datos)/,
  /\bcuenta\b[^.!?\n]{0,40}\b(?:suspendida|bloqueada|limitada|caduca)/,
  /\b(?:verifi(?:ca|care|chi)|conferm(?:a|are|i)|aggiorn(?:a|are|i))\b[^.!?\n]{0,40}\b(?:account|conto|password|identità|credenziali)/,
  /\b(?:conto|account|accesso)\b[^.!?\n]{0,40}\b(?:sospeso|bloccato|limitato|scade|scaduto)/,
  /\b(?:verifi(?:que|car)|confirm(?:e|ar)|atuali(?:ze|zar)|valid(?:e|ar))\b[^.!?\n]{0,40}\b(?:conta|senha|palavra-passe|identidade)/,
  /\bconta\b[^.!?\n]{0,40}\b(?:suspensa|bloqueada|limitada|expira)/,
];
const PAYMENT: readonly RegExp[] = [
  /\b(?:new|changed|updated|different)\b[^.!?\n]{0,30}\b(?:bank (?:account|details)|iban|account (?:number|details)|wire instructions)/,
  /\bbank (?:account|details)\b[^.!?\n]{0,40}\b(?:changed|updated|new)\b/,
  /\b(?:switched|changed|changing) (?:our )?banks?\b|\bremit\b[^.!?\n]{0,40}\b(?:new|below|following)\b[^.!?\n]{0,10}\baccount\b/,
  /\b(?:gift cards?|itunes cards?|steam cards?|wire transfer today|urgent (?:wire|payment|transfer))\b/,
  /\b(?:neuen?|geänderten?)\b[^.!?\n]{0,30}\b(?:bankverbindung|kontoverbindung|iban)\b|\b(?:bankverbindung|kontoverbindung)\b[^.!?\n]{0,40}\bgeändert/,
  /\b(?:geschenkkarten|gutscheinkarten|eilüberweisung)\b/,
  /\b(?:nouve(?:l|lles|au)|changé|modifié)[^.!?\n]{0,30}\b(?:coordonnées bancaires|rib|iban)\b|\bcartes? cadeaux?\b|\bvirement urgent\b/,
  /\b(?:nuev[oa]s?|cambiado|cambio)\b[^.!?\n]{0,30}\b(?:datos bancarios|cuenta bancaria|iban)\b|\btarjetas? (?:de )?regalo\b|\btransferencia urgente\b/,
  /\b(?:nuov[eoi]|cambiat[oe])\b[^.!?\n]{0,30}\b(?:coordinate bancarie|conto bancario|iban)\b|\bcarte regalo\b|\bbonifico urgente\b/,
  /\b(?:nov[oa]s?|alterad[oa]s?)\b[^.!?\n]{0,30}\b(?:dados bancários|conta bancária|iban)\b|\bcartões[- ]presente\b|\btransferência urgente\b/,
];
const QR =
  /\b(?:scan|scannen|scannez|escanee|scansiona|digitalize|leia)\b[^.!?\n]{0,40}\bqr\b|\bqr[- ]?code\b[^.!?\n]{0,40}\b(?:scan|einlesen|scannez|escane|scansion|digitaliz)/;

/** What it asks for: credentials behind a link, money to a new account, a QR code in place of a link. */
export function wordingSymbols(
  { subject, from, attachments, automatic }: MessageView,
  texts: readonly string[],
  links: readonly Link[],
): ThreatSymbol[] {
  if (automatic.kind === 'bounce') return [];
  const read = [subject.slice(0, 300), ...texts.map((text) => text.slice(0, CAP))].join('\n').toLowerCase();
  const symbols: ThreatSymbol[] = [];
  if (CREDENTIALS.some((pattern) => pattern.test(read))) {
    const sender = getDomain(from.address.split('@').at(-1) ?? '');
    const foreign = links.some(({ href }) => /^https?:/i.test(href) && getDomain(href) !== sender);
    symbols.push(
      foreign
        ? {
            name: 'ASKS_CREDENTIALS_BEHIND_LINK',
            score: 2.5,
            reason: 'asks to act on an account behind a foreign link',
          }
        : { name: 'ASKS_CREDENTIALS', score: 1, reason: 'speaks of an account that must be confirmed' },
    );
  }
  if (PAYMENT.some((pattern) => pattern.test(read))) {
    symbols.push({
      name: 'PAYMENT_FRAUD_WORDING',
      score: 2.5,
      reason: 'wants money by a new or unusual way',
    });
  }
  if (QR.test(read) && attachments.some(({ contentType }) => contentType.startsWith('image/'))) {
    symbols.push({ name: 'ASKS_TO_SCAN_QR', score: 2, reason: 'asks to scan a QR code in a picture' });
  }
  return symbols;
}
