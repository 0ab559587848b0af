import type { Account } from '../../../schemas/account.ts';

const LIMITS = [
  'lookBackDays',
  'messagesPerMinute',
  'concurrentMessages',
  'messagesPerDay',
  'bytesPerDay',
] as const satisfies (keyof Account['limits'])[];

/** The form of the settings as PATCH takes it: only what differs, so that what others changed meanwhile stays. */
export function toAccountChange(account: Account, form: FormData): Record<string, unknown> {
  const read = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const places = read('places')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const before = toValues(account);
  const after: Record<keyof typeof before, unknown> = {
    name: read('name'),
    mode: read('mode'),
    pullEverySeconds: Number(read('every')),
    push: form.has('push'),
    modelSeesPii: form.has('modelSeesPii'),
    folders: before.folders === undefined ? undefined : places,
    labels: before.labels === undefined ? undefined : places,
    writeBack: {
      seen: form.has('seen'),
      label: read('markLabel') === '' ? null : read('markLabel'),
      folder: read('markFolder') === '' ? null : read('markFolder'),
    },
  };
  const limits = LIMITS.map((name) => [name, read(name) === '' ? null : Number(read(name))] as const).filter(
    ([name, value]) => value !== account.limits[name],
  );
  return {
    ...Object.fromEntries(
      Object.entries(after).filter(
        ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof typeof before]),
      ),
    ),
    ...(limits.length === 0 ? {} : { limits: Object.fromEntries(limits) }),
  };
}

function toValues({ name, mode, pullEverySeconds, push, modelSeesPii = false, ...account }: Account) {
  const { imap, graph, gmail, writeBack } = account;
  const folders = imap?.folders ?? graph?.folders;
  const marks = writeBack ?? { seen: false, label: null, folder: null };
  return {
    name,
    mode,
    pullEverySeconds,
    push,
    modelSeesPii,
    folders,
    labels: gmail?.labels,
    writeBack: { seen: marks.seen, label: marks.label, folder: marks.folder },
  };
}
