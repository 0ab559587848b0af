import type { ImapFlow } from 'imapflow';
import type { Turns } from './create-turns.ts';

/** What a connection does between commands: it idles (RFC 2177), and is kept alive by that. */
export interface Rest {
  /** To be called whenever a command has ended. */
  soon(): void;
  stop(): void;
}

export interface RestParts {
  readonly turns: Turns;
  readonly find: () => ImapFlow | undefined;
  /** Opens what is to be idled on. */
  readonly settle: (client: ImapFlow) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

/** Commands that follow each other at once need no IDLE between them. */
const AFTER_MS = 50;
/** An IDLE that ends within a second by itself was refused: it is not asked again at once. */
const REFUSED_MS = 1_000;
const AFTER_REFUSAL_MS = 30_000;

export function createRest({ turns, find, settle, onFailure }: RestParts): Rest {
  const stopped = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const isTaken = () => turns.busy;

  function schedule(ms: number): void {
    clearTimeout(timer);
    if (stopped.signal.aborted) return;
    timer = setTimeout(() => void rest(), ms);
    timer.unref();
  }

  /** Whoever holds the turn calls for the rest at its end, so nobody is waited for here. */
  async function rest(): Promise<void> {
    const client = find();
    if (client === undefined || isTaken()) return;
    // Stopped at this very moment: nobody waits for the rest, so nobody would hear of it.
    const endTurn = await turns.take(stopped.signal).catch(() => undefined);
    if (endTurn === undefined) return;
    let idling: Promise<unknown> = Promise.resolve();
    const startedAt = Date.now();
    try {
      await settle(client);
      // Without a folder there is nothing to idle on. Any command ends it; a loss is told by the close event.
      if (client.mailbox !== false) idling = client.idle().catch(() => undefined);
    } catch (error) {
      onFailure(error);
    } finally {
      endTurn();
    }
    await idling;
    const refused = Date.now() - startedAt < REFUSED_MS;
    if (!isTaken() && client.usable) schedule(refused ? AFTER_REFUSAL_MS : AFTER_MS);
  }

  return {
    soon: () => schedule(AFTER_MS),
    stop() {
      clearTimeout(timer);
      stopped.abort();
    },
  };
}
