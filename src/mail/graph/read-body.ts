/**
 * The body of an answer, or undefined when it has more than `maxBytes`: what is too large is not read on.
 * Content-Length, where it is sent, decides before the first byte.
 */
export async function readBody(response: Response, maxBytes: number): Promise<Buffer | undefined> {
  const announced = Number(response.headers.get('content-length') ?? 0);
  const { body } = response;
  if (body === null) return Buffer.alloc(0);
  if (announced > maxBytes) {
    await body.cancel();
    return undefined;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
