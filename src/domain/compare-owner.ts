/**
 * Whether the mailbox of whoever signed in to Google is the one of an address. `other`: surely, or without further
 * proof, another one, for it is in the same domain or of gmail.com. `unclear`: another domain, whose mail may come here
 * by an alias or a group.
 */
export function compareOwner(address: string, signedIn: string): 'same' | 'other' | 'unclear' {
  if (toOwner(address) === toOwner(signedIn)) return 'same';
  const domain = toDomain(address);
  return domain === 'gmail.com' || domain === toDomain(signedIn) ? 'other' : 'unclear';
}

/** Gmail takes no notice of case, of what follows a plus, and in gmail.com of dots (support.google.com/mail/answer/7436150). */
function toOwner(address: string): string {
  const domain = toDomain(address);
  const [local = ''] = address.slice(0, address.lastIndexOf('@')).toLowerCase().split('+');
  return `${domain === 'gmail.com' ? local.replaceAll('.', '') : local}@${domain}`;
}

function toDomain(address: string): string {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return domain === 'googlemail.com' ? 'gmail.com' : domain;
}
