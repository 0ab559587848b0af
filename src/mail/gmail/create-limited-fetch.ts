/** A `fetch` that ends an answer once it is longer than `maxBytes`, whatever its headers said. */
export function createLimitedFetch(maxBytes: number): {
  readonly fetch: typeof fetch;
  readonly exceeded: () => boolean;
  /** Of the last answer. */
  readonly header: (name: string) => string | undefined;
} {
  let exceeded = false;
  let last: Headers | undefined;
  const stop = (): never => {
    exceeded = true;
    throw new Error(`The answer is longer than ${maxBytes} bytes`);
  };
  return {
    exceeded: () => exceeded,
    header: (name) => last?.get(name) ?? undefined,
    async fetch(input, init) {
      const answer = await fetch(input, init);
      last = answer.headers;
      if (answer.body === null) return answer;
      let seen = 0;
      const counted = answer.body.pipeThrough(
        new TransformStream<Uint8Array, Uint8Array>({
          transform(chunk, controller) {
            seen += chunk.byteLength;
            if (seen > maxBytes) stop();
            controller.enqueue(chunk);
          },
        }),
      );
      const { status, statusText, headers } = answer;
      return new Response(counted, { status, statusText, headers });
    },
  };
}
