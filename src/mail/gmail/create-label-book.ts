import { ServiceError } from '../../domain/service-error.ts';
import type { GmailSession } from './create-gmail-session.ts';

export interface ChosenLabels {
  /** In the order of the settings. */
  readonly labels: readonly { readonly id: string; readonly name: string }[];
  /** Thrown once the others are read; undefined: all are there. */
  readonly missing: ServiceError | undefined;
}

export interface LabelBook {
  /** The labels of the settings, by name or id. Throws NotFound when none of them is there. */
  getChosen(signal: AbortSignal): Promise<ChosenLabels>;
  /** The id of the label of this name, made when it is not there. */
  findOrCreate(name: string, signal: AbortSignal): Promise<string>;
}

type Label = { readonly id: string; readonly name: string };

/** The labels of the mailbox, asked once for each time it is opened. Names differ in more than case. */
export function createLabelBook(session: GmailSession): LabelBook {
  let known: readonly Label[] | undefined;

  async function load(signal: AbortSignal): Promise<readonly Label[]> {
    const { data } = await session.call(signal, (users, options) =>
      users.labels.list({ userId: 'me' }, options),
    );
    return (data.labels ?? []).flatMap(({ id, name }) => (id && name ? [{ id, name }] : []));
  }
  const find = (labels: readonly Label[], wanted: string) =>
    labels.find(({ id }) => id === wanted) ??
    labels.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());

  return {
    async getChosen(signal) {
      known ??= await load(signal);
      const wanted = [...new Set(session.settings.labels)];
      const labels = wanted.flatMap((name) => find(known ?? [], name) ?? []);
      const lost = wanted.filter((name) => find(known ?? [], name) === undefined);
      const missing = lost.length === 0 ? undefined : toMissing(lost, known);
      if (missing !== undefined && labels.length === 0) throw missing;
      return { labels: labels.filter(({ id }, at) => labels.findIndex((l) => l.id === id) === at), missing };
    },
    async findOrCreate(name, signal) {
      known ??= await load(signal);
      const found = find(known, name);
      if (found) return found.id;
      try {
        const requestBody = { name, labelListVisibility: 'labelShow', messageListVisibility: 'show' };
        const { data } = await session.call(signal, (users, options) =>
          users.labels.create({ userId: 'me', requestBody }, options),
        );
        if (data.id) {
          known = [...known, { id: data.id, name }];
          return data.id;
        }
      } catch (error) {
        // Another of ours made it meanwhile.
        if (!(error instanceof ServiceError) || error.type !== 'Conflict') throw error;
      }
      known = await load(signal);
      const made = find(known, name);
      if (made) return made.id;
      throw new ServiceError('Rejected', `Gmail did not make the label "${name}".`, {
        fix: 'Make it in Gmail, or name another one in the write-back of the account.',
      });
    },
  };
}

function toMissing(lost: readonly string[], known: readonly Label[]): ServiceError {
  const names = lost.map((name) => `"${name}"`).join(', ');
  const there = known.slice(0, 50).map(({ name }) => name);
  return new ServiceError('NotFound', `The mailbox has no label ${names}.`, {
    fix: `Name labels that are there: ${there.join(', ')}.`,
  });
}
