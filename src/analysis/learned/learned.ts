import type { LearnedField } from '../../domain/learning.ts';
import type { SenderPatterns } from '../rules/sender-patterns.ts';
import type { Learner } from './create-learner.ts';
import type { Recollect } from './create-recollection.ts';
import type { Meaning } from './meaning/meaning-model.ts';

/** What one account was taught about one field. */
export interface FieldKnowledge {
  /** Undefined until there was enough to train on. */
  readonly learner: Learner | undefined;
  readonly recollect: Recollect;
}

/** What one account was taught; the engine decides without it where it is silent. */
export interface Learned {
  /** Part of the provenance of each decision. */
  readonly version: string;
  readonly fields: Readonly<Partial<Record<LearnedField, FieldKnowledge>>>;
  /** What people keep deciding about mail of one sender. */
  readonly senders?: SenderPatterns;
  /** Of the message to decide on, where an embedding model is installed and the account was taught with it. */
  readonly meaning?: Meaning | undefined;
}
