import type { z } from 'zod';
import type { DraftRow } from '../../db/draft-store.ts';
import type { Draft } from '../schemas/draft.ts';

export function toDraftAnswer(row: DraftRow): z.output<typeof Draft> {
  return {
    ...row,
    to: [...row.to],
    cc: [...row.cc],
    references: [...row.references],
    inReplyTo: row.inReplyTo ?? null,
    decidedBy: row.decidedBy ?? null,
    decidedAt: row.decidedAt ?? null,
    bounces: row.bounces.map((bounce) => ({ ...bounce, recipients: [...bounce.recipients] })),
    delivery: row.delivery ? { ...row.delivery, response: row.delivery.response ?? null } : null,
  };
}
