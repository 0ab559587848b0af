import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { NewAccount } from '../../../api/schemas/account.ts';
import {
  addConnectionOptions,
  type ConnectionOptions,
  toConnectionBody,
  toOptionFault,
} from '../../../src/cli/account-connection-options.ts';
import {
  addSettingsOptions,
  type SettingsOptions,
  toSettings,
} from '../../../src/cli/account-settings-options.ts';

function parse(...args: string[]): ConnectionOptions & SettingsOptions {
  const command = addSettingsOptions(addConnectionOptions(new Command('add').exitOverride()));
  return command.parse(args, { from: 'user' }).opts();
}

async function judge(...args: string[]) {
  const options = parse(...args);
  const shared = { id: 'x', name: 'X', address: 'x@example.org' };
  return NewAccount.safeParse({ ...shared, ...(await toConnectionBody(options)), ...toSettings(options) });
}

describe('the options of an account', () => {
  test.each([
    [['--kind', 'graph', '--client-id', 'c', '--folder', 'inbox', '--folder', 'Orders'], { kind: 'graph' }],
    [
      ['--kind', 'gmail', '--client-id', 'c', '--label', 'INBOX'],
      { kind: 'gmail', oauth: { provider: 'google' } },
    ],
    [['--kind', 'files'], { kind: 'files' }],
    [['--kind', 'files', '--path', '/mail', '--maildir'], { files: { path: '/mail', layout: 'maildir' } }],
    [
      ['--host', 'imap.example.org', '--username', 'u', '--oauth', 'microsoft', '--client-id', 'c'],
      { imap: { port: 993 }, oauth: { provider: 'microsoft' } },
    ],
    [
      ['--kind', 'files', '--path', '/mail', '--per-day', '5', '--look-back', '30', '--mark-folder', 'Done'],
      { limits: { messagesPerDay: 5, lookBackDays: 30 }, writeBack: { folder: 'Done' } },
    ],
  ])('%j make an account', async (args, body) => {
    const parsed = await judge(...args);
    expect(parsed.error?.issues ?? []).toEqual([]);
    expect(parsed.data).toMatchObject(body);
  });

  test.each([
    [['--kind', 'gmail'], '--client-id: is missing'],
    [['--kind', 'files', '--path', '/mail', '--mark-folder', 'a\nb'], '--mark-folder: must be one line'],
    [['--kind', 'files', '--path', '/mail', '--mark-label', ''], '--mark-label: must not be empty'],
    [['--oauth', 'google', '--client-id', 'c', '--username', 'u'], '--host: '],
    [['--kind', 'files', '--path', 'mail'], '--path: must be an absolute path'],
    [['--kind', 'graph', '--client-id', 'c', '--oauth', 'google'], '--oauth: must be microsoft'],
    [['--kind', 'graph', '--client-id', 'c', '--grant', 'client'], '--password-file: must be the secret'],
    [['--kind', 'files', '--mode', 'auto'], '--mode: must be manual'],
  ])('%j are refused by the name of the option', async (args, fault) => {
    const parsed = await judge(...args);
    expect(toOptionFault('No', parsed.error?.issues ?? []).message).toContain(fault);
  });

  test('the fix is about --address only when that is at fault', () => {
    const fixOf = (field: string) => toOptionFault('No', [{ path: [field], message: 'is wrong' }]).fix;
    expect(fixOf('address')).toContain('--address takes');
    expect(fixOf('host')).toBe('Mend these options; `--help` tells what each one takes.');
  });

  test('none lifts a limit, and what is not named is left out', () => {
    expect(toSettings(parse('--per-day', 'none', '--no-push'))).toEqual({
      limits: { messagesPerDay: null },
      push: false,
    });
    expect(toSettings(parse())).toEqual({});
  });

  test('a mark that is named leaves the others, and none lifts it', () => {
    expect(toSettings(parse('--mark-folder', 'none'))).toEqual({ writeBack: { folder: null } });
    expect(toSettings(parse('--mark-label', 'none', '--no-mark-seen'))).toEqual({
      writeBack: { seen: false, label: null },
    });
    expect(toSettings(parse('--bytes-per-day', '5000000000000'))).toEqual({
      limits: { bytesPerDay: 5_000_000_000_000 },
    });
  });

  test('what models may read is set either way, and stays when it is not named', () => {
    expect(toSettings(parse('--model-sees-pii'))).toEqual({ modelSeesPii: true });
    expect(toSettings(parse('--no-model-sees-pii'))).toEqual({ modelSeesPii: false });
  });
});
