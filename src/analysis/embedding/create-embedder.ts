import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { LRUCache } from 'lru-cache';
import { Piscina } from 'piscina';
import type { EmbedTask } from './embed-in-thread.ts';
import type { Embedder } from './embedder.ts';
import { readModelManifest, toModelId } from './model-manifest.ts';

export interface EmbedderOptions {
  /** Folder of an installed model. */
  readonly folder: string;
  /** Told once when the model stops working, and what to do. */
  readonly onFault: (error: unknown) => void;
  readonly maxMs?: number;
}

/** In a build this file is JavaScript; from the sources the thread must load its TypeScript by itself. */
const JOB = import.meta.url.endsWith('.ts') ? './embed-in-thread-from-sources.mjs' : './embed-in-thread.js';
/** Loading takes 1-2 s on a busy machine, and some 150 MB as long as the thread lives. */
const IDLE_MS = 300_000;
const LOAD_MS = 30_000;
const BATCH_MS = 10_000;
/** With 256 tokens each some 60 MB for the largest matrix of a batch. */
const BATCH = 16;
const MOST_KEPT = 2_000;
/** After a fault nothing is tried for so long. */
const PAUSE_MS = 60_000;

/**
 * Runs an installed model in one thread of its own, a batch at a time, and keeps the latest vectors by the hash of
 * their text. Throws only when there is no model in the folder.
 */
export async function createEmbedder({
  folder,
  onFault,
  maxMs = BATCH_MS,
}: EmbedderOptions): Promise<Embedder> {
  const manifest = await readModelManifest(folder);
  const pool = new Piscina<EmbedTask, Float32Array[]>({
    filename: fileURLToPath(new URL(JOB, import.meta.url)),
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    execArgv: [],
  });
  // What fails fails its batch, which is told; without a listener it would end the process.
  pool.on('error', () => undefined);
  const kept = new LRUCache<string, Float32Array>({ max: MOST_KEPT });
  let pausedUntil = 0;
  let isFaulty = false;
  let last: Promise<unknown> = Promise.resolve();

  /** One batch at a time, so that a batch's time starts when it does. */
  function queue(texts: readonly string[]): Promise<readonly (Float32Array | undefined)[]> {
    const next = last.then(() => run(texts));
    last = next;
    return next;
  }

  async function run(texts: readonly string[]): Promise<readonly (Float32Array | undefined)[]> {
    if (Date.now() < pausedUntil) return [];
    try {
      // The time of a batch does not run while the thread starts and loads.
      await pool.run({ folder, texts: [] }, { signal: AbortSignal.timeout(LOAD_MS) });
      const vectors = await pool.run({ folder, texts }, { signal: AbortSignal.timeout(maxMs) });
      isFaulty = false;
      return vectors;
    } catch (error) {
      pausedUntil = Date.now() + PAUSE_MS;
      if (!isFaulty) onFault(error);
      isFaulty = true;
      return [];
    }
  }

  return {
    id: toModelId(manifest),
    parts: manifest.parts,
    async embed(texts) {
      const keys = texts.map((text) => createHash('sha256').update(text).digest('base64'));
      const found = new Map<string, Float32Array | undefined>(keys.map((key) => [key, kept.get(key)]));
      // Like lengths together: a batch is as long as its longest text.
      const missing = [...new Map(keys.map((key, i) => [key, texts[i] ?? '']))]
        .filter(([key]) => found.get(key) === undefined)
        .sort((a, b) => a[1].length - b[1].length);
      for (let from = 0; from < missing.length; from += BATCH) {
        const batch = missing.slice(from, from + BATCH);
        const vectors = await queue(batch.map(([, text]) => text));
        for (const [i, [key]] of batch.entries()) {
          const vector = vectors[i];
          if (vector === undefined) continue;
          kept.set(key, vector);
          found.set(key, vector);
        }
      }
      return keys.map((key) => found.get(key));
    },
    close: () => pool.destroy(),
  };
}
