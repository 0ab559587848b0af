/** Names that phishing borrows for the display name; the real ones write from a domain that holds the name. */
export const IMITATED_NAMES: readonly string[] =
  `paypal, microsoft, office365, sharepoint, onedrive, outlook, amazon, apple, icloud,
  netflix, dhl, fedex, ups, dpd, hermes, docusign, dropbox, facebook, instagram, whatsapp, google, gmail, linkedin, adobe, spotify,
  sparkasse, volksbank, postbank, commerzbank, deutschebank, ing, n26, santander, bbva, caixabank, unicredit, intesa, posteitaliane,
  bnpparibas, creditagricole, labanquepostale, ameli, impots, correos, correios, laposte, chronopost, metamask, coinbase, binance,
  ledger, trustwallet, telekom, vodafone, swisscom, swisspost, visa, mastercard, americanexpress, ebay, klarna, stripe, wise`
    .split(',')
    .map((name) => name.trim());
