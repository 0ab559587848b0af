interface AddressNamesProps {
  readonly addresses: readonly { readonly name: string; readonly address: string }[];
}

const MOST = 4;

/** Names with the address on hover; a long list is cut, with all of it on hover. */
export function AddressNames({ addresses }: AddressNamesProps) {
  const rest = addresses.slice(MOST);
  return (
    <>
      {addresses.slice(0, MOST).map(({ name, address }, place) => (
        <span key={`${address}-${name}`} title={address}>
          {place === 0 ? '' : ', '}
          {name || address}
        </span>
      ))}
      {rest.length === 0 ? null : (
        <span title={rest.map(({ address }) => address).join(', ')}> and {rest.length} more</span>
      )}
    </>
  );
}
