import type { MessageStore, StoredAnalysis } from '../../../db/message-store.ts';
import type {
  Classification,
  Findings,
  PriorityDecision,
  Provenance,
  Summary,
} from '../../../src/domain/analysis.ts';
import type { MessageView } from '../../../src/domain/message.ts';
import type { MessageEnd } from '../../../src/domain/message-end.ts';
import type { Priority } from '../../../src/domain/priority.ts';
import { ServiceError } from '../../../src/domain/service-error.ts';
import { fakeStore } from './fake-store.ts';
import { RECEIVED_AT } from './readings.ts';

export interface FakeMessage {
  view: MessageView | undefined;
  provenance: Provenance | undefined;
  classification: Classification | undefined;
  priority: PriorityDecision | undefined;
  summary: Summary | undefined;
  findings: Findings | undefined;
  chosen: Priority | undefined;
  chosenCategory: string | undefined;
  stage: string | undefined;
  outcome: string | undefined;
  note: string | undefined;
  /** How it had ended before it was read. */
  ended: MessageEnd | undefined;
}

const NOTHING_ELSE: Findings = {
  entities: [],
  sentiment: { score: 0, label: 'neutral', reasons: [] },
  nextAction: { action: 'answer', reason: 'none given' },
};

/** One message, in memory. */
export function createFakeMessages() {
  const row: FakeMessage = {
    view: undefined,
    provenance: undefined,
    classification: undefined,
    priority: undefined,
    summary: undefined,
    findings: undefined,
    chosen: undefined,
    chosenCategory: undefined,
    stage: undefined,
    outcome: undefined,
    note: undefined,
    ended: undefined,
  };
  const find = (): StoredAnalysis | undefined => {
    const { provenance, classification, priority, summary, findings, chosen } = row;
    if (!provenance || !classification || !priority || !summary) return undefined;
    const effectivePriority = chosen ?? priority.priority;
    return {
      provenance,
      classification,
      priority,
      summary,
      decidedAt: RECEIVED_AT,
      findings: findings ?? NOTHING_ELSE,
      effectiveCategory: row.chosenCategory ?? classification.category,
      effectivePriority,
    };
  };
  const store = fakeStore<MessageStore>('messages', {
    getSource: async () => ({
      sha256: 'sha',
      sealed: Buffer.from('source/bytes/sha|raw mail'),
      account: { id: 'sales', name: 'Sales', address: 'sales@example.org' },
      receivedAt: RECEIVED_AT,
      ended: row.ended,
      marks: false,
      chosenPriority: row.chosen,
      chosenCategory: row.chosenCategory,
    }),
    getReceivedAt: async () => RECEIVED_AT,
    findEnd: async () => row.ended,
    async saveView(_accountId, _messageId, view, decided) {
      if (row.ended !== undefined) return false;
      const undecided = { provenance: undefined, classification: undefined, priority: undefined };
      Object.assign(row, { view, ...undecided, summary: undefined, findings: undefined }, decided);
      return true;
    },
    async getView() {
      if (row.view === undefined) throw new ServiceError('NotFound', 'not read yet');
      return row.view;
    },
    async saveDecided(_id, decided, stage) {
      Object.assign(row, decided, { stage });
    },
    findAnalysis: async () => find(),
    async getAnalysis() {
      const found = find();
      if (found === undefined) throw new ServiceError('NotFound', 'not decided yet');
      return found;
    },
    findChosen: async () => ({ chosenPriority: row.chosen, chosenCategory: row.chosenCategory }),
    async changePriority(_id, priority) {
      row.chosen = priority;
    },
    async recordStage(_id, stage) {
      row.stage = stage;
    },
    async settle(_id, outcome, note) {
      Object.assign(row, { outcome, note });
      return true;
    },
  });
  return { store, row };
}
