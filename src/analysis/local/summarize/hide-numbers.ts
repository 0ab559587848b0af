import type { MessageView } from '../../../domain/message.ts';

/** Card and bank numbers are read by nobody who reads a summary: all but their last four characters become dots. */
export function hideNumbers(view: MessageView): (text: string) => string {
  const numbers = view.pii
    .filter(({ kind }) => kind === 'card' || kind === 'iban')
    .map(({ start, end }) => view.visibleText.slice(start, end).replace(/\s+/g, ' '))
    .filter((number) => number.length > 8);
  return (text) => numbers.reduce((rest, number) => rest.replaceAll(number, `…${number.slice(-4)}`), text);
}
