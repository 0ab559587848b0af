/** No spaces, controls, specials or a second @: such an address can neither split a header nor an SMTP command. */
const USABLE = /^[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}]{1,255}$/u;

/** True for a bare `local@domain` that can be written to. Quoted local parts and address literals are not taken. */
export function isUsableAddress(address: string): boolean {
  return USABLE.test(address);
}
