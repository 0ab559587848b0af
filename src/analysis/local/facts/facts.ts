import type { AutomaticVerdict, MessageView } from '../../../domain/message.ts';
import type { Hit, Scan } from '../lexicon/scan-text.ts';

/** A phrase that counts in this message. */
export interface WeighedHit {
  readonly hit: Hit;
  /** `history`: what the message quotes, looked at when its own words are few. */
  readonly field: 'subject' | 'body' | 'history';
  /** 0 to 1: how well the phrase's language fits the message's. */
  readonly fit: number;
}

/** What the three steps know about one message, found in one pass over its text. */
export interface Facts {
  readonly view: MessageView;
  readonly automatic: AutomaticVerdict['kind'];
  readonly subject: Scan;
  /** What the sender wrote, without quotes, capped. */
  readonly body: Scan;
  /** Offset in the body where the signature begins; the body's length when there is none. */
  readonly letterEnd: number;
  /** Hits of the taxonomy's signals, those covered by a longer one left out. */
  readonly signals: readonly WeighedHit[];
  /** Hits of the engine's own cues. */
  readonly cues: readonly WeighedHit[];
  /** Lower-cased hosts of the links in text and HTML, without repeats; at most 50. */
  readonly hosts: readonly string[];
}
