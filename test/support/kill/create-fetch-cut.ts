import type { MailboxCut, RequestCut } from './kill-mailbox.ts';

/** Cuts what goes through a `fetch`: before a request is sent, or in the middle of its answer. */
export function createFetchCut(passOn: typeof fetch): {
  readonly fetch: typeof fetch;
  readonly cut: MailboxCut;
} {
  let [seen, target, cuts] = [0, 0, 0];
  let how: RequestCut = 'before';
  return {
    async fetch(input, init) {
      seen += 1;
      if (seen !== target) return passOn(input, init);
      cuts += 1;
      if (how === 'before') throw toReset('fetch failed');
      const answer = await passOn(input, init);
      const bytes = Buffer.from(await answer.arrayBuffer());
      if (bytes.length === 0) throw toReset('fetch failed');
      return new Response(tear(bytes), { status: answer.status, headers: answer.headers });
    },
    cut: {
      cutAt(n, cut) {
        [seen, target, how, cuts] = [0, n, cut, 0];
      },
      countCuts: () => cuts,
    },
  };
}

function tear(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let isFirst = true;
  return new ReadableStream({
    pull(controller) {
      if (!isFirst) return controller.error(toReset('terminated'));
      isFirst = false;
      controller.enqueue(bytes.subarray(0, bytes.length / 2));
    },
  });
}

function toReset(message: string): TypeError {
  return new TypeError(message, { cause: Object.assign(new Error('cut'), { code: 'ECONNRESET' }) });
}
