import type { ParkedPage } from '../db/intake/intake-page.ts';
import type { FetchPageRequest } from '../src/contract/activities.ts';
import type { MailboxPage } from '../src/mail/mailbox.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { toIntakeItem } from './to-intake-item.ts';

const ALWAYS_HOURS = 100 * 365 * 24;

/** Parks what was read, and moves the cursor with it. */
export async function parkPage(
  deps: Pick<ActivityDependencies, 'intake' | 'identity' | 'sealer' | 'limits'>,
  request: Pick<FetchPageRequest, 'accountId' | 'batchId' | 'kind' | 'page'> & {
    readonly auditId?: string;
    readonly doubted?: ReadonlySet<string>;
  },
  readFrom: string | undefined,
  read: Omit<MailboxPage, 'cursor'> & { readonly cursor: string | undefined },
): Promise<ParkedPage> {
  const { accountId, batchId, kind, page, auditId, doubted } = request;
  // Of what is in doubt the intake compares the contents.
  const keys = read.items.map((item) => item.providerKey).filter((key) => doubted?.has(key) !== true);
  const known = await deps.intake.findKnown(accountId, keys);
  return deps.intake.park({
    accountId,
    batchId,
    kind,
    page,
    items: read.items.map((item) => toIntakeItem(deps, accountId, item, known)),
    readFrom,
    cursor: read.cursor,
    done: read.done,
    expected: read.total,
    label: `pull of ${accountId}`,
    gone: read.gone ?? [],
    givenUp: read.givenUp ?? [],
    ...(auditId !== undefined && { auditId }),
    // A mailbox may renumber its mail (UIDVALIDITY) and hand out all of it again, however old.
    windowHours: kind === 'pull' ? ALWAYS_HOURS : deps.limits.duplicateWindowHours,
  });
}
