import type { Address, MessageView } from './message.ts';

// Anybody may have an address there: such a domain proves no colleague.
const PUBLIC_PROVIDERS: ReadonlySet<string> = new Set(
  'gmail.com googlemail.com outlook.com outlook.de hotmail.com hotmail.de hotmail.fr hotmail.co.uk live.com msn.com yahoo.com yahoo.de yahoo.fr yahoo.co.uk ymail.com icloud.com me.com mac.com aol.com gmx.de gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de posteo.de mailbox.org proton.me protonmail.com pm.me tutanota.com tuta.io orange.fr free.fr laposte.net wanadoo.fr sfr.fr libero.it virgilio.it tiscali.it telefonica.net terra.es sapo.pt uol.com.br bol.com.br ziggo.nl kpnmail.nl telia.com telenor.no wp.pl o2.pl interia.pl onet.pl seznam.cz mail.ru bk.ru yandex.ru yandex.com qq.com 163.com 126.com sina.com naver.com daum.net hanmail.net zoho.com fastmail.com mail.com'.split(
    ' ',
  ),
);

/**
 * The view with `forwardedFrom` only where a colleague forwarded: the outer sender is the account itself or of its own
 * domain, and the inner one is not the account. A stranger could otherwise name anybody as the customer.
 */
export function keepStaffForward(view: MessageView, accountAddress: string): MessageView {
  const { forwardedFrom, ...rest } = view;
  if (forwardedFrom === undefined) return view;
  const self = accountAddress.toLowerCase();
  const isTrusted = isColleague(view.from.address, self) && forwardedFrom.address !== self;
  return isTrusted ? view : rest;
}

/**
 * The message as its author wrote it: of a staff forward the sender is the customer within, and the colleague's own
 * Reply-To, copies and Message-ID, which the customer never saw, are left out. Texts and subject stay as they are, for
 * spans point into them. Any other view is itself.
 */
export function asWritten(view: MessageView): MessageView {
  const { forwardedFrom } = view;
  if (forwardedFrom === undefined) return view;
  return {
    ...view,
    from: authorOf(view),
    replyTo: [],
    cc: [],
    messageIdHeader: undefined,
    inReplyTo: undefined,
    references: [],
  };
}

/** Whose request it is: the customer within a staff forward, else the sender. */
export function authorOf({ from, forwardedFrom }: Pick<MessageView, 'from' | 'forwardedFrom'>): Address {
  return forwardedFrom === undefined ? from : { name: forwardedFrom.name, address: forwardedFrom.address };
}

function isColleague(address: string, self: string): boolean {
  const domain = domainOf(self);
  if (address === '' || domain === '') return false;
  return address === self || (domainOf(address) === domain && !PUBLIC_PROVIDERS.has(domain));
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
