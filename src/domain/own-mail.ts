import type { MessageView } from './message.ts';

/**
 * Our own mail comes back from Sent folders and as copies to ourselves: nobody waits for an answer to it. A form on our
 * site writes in our name too, but answers are to go to somebody else; a staff forward speaks for the one inside.
 */
export function markOwnMail(view: MessageView, ownAddress: string): MessageView {
  const isOwn = (address: string) => address.toLowerCase() === ownAddress.toLowerCase();
  const speaksForOthers =
    view.forwardedFrom !== undefined || view.replyTo.some(({ address }) => address !== '' && !isOwn(address));
  if (ownAddress === '' || !isOwn(view.from.address) || speaksForOthers) return view;
  if (view.automatic.kind !== 'person') return view;
  const reasons = [...view.automatic.reasons, 'From: our own address'];
  return { ...view, automatic: { ...view.automatic, kind: 'notification', reasons } };
}
