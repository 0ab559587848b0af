import { createThreatAssessor, type ThreatSettings } from './analysis/threat/create-threat-assessor.ts';
import type { Account } from './domain/account.ts';
import type { MessageView } from './domain/message.ts';
import type { MailReader } from './mail/reader/create-mail-reader.ts';

/** Reads a source and judges it at once: later steps have neither its headers nor its HTML as sent. */
export function createViewReader(reader: Pick<MailReader, 'read'>, settings: ThreatSettings) {
  const assess = createThreatAssessor(settings);
  return async (
    raw: Uint8Array,
    account: Pick<Account, 'name' | 'address'>,
    signal?: AbortSignal,
  ): Promise<MessageView> => {
    const { view, facts } = await reader.read(raw, signal);
    return { ...view, threat: assess(facts, view, account) };
  };
}
