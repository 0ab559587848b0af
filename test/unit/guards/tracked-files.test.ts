import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../../src/package-root.ts';
import { findHidingCatches } from './find-hiding-catches.ts';
import { listTrackedFiles } from './list-tracked-files.ts';

/** Longer than 250 lines, and why one file is still right. */
const LONG_FILES: Readonly<Record<string, string>> = {
  'test/db/message-decisions.test.ts': 'one way to decide a message for every rule of what stays on record',
  'test/system/imap.test.ts': 'one real server, started once, for every behaviour of the reader',
  'test/system/odoo.test.ts': 'one real Odoo, started once, for both transports',
  'test/system/smtp.test.ts': 'one scripted server for every answer that a mail server can give',
  'test/train/pii/examples.ts': 'how the rows of one training are made, in one place',
  'test/unit/parse/mime.test.ts': 'one table of messages over one reader',
  'test/unit/analysis/model-engines.test.ts': 'one contract that the engines of three vendors keep',
};

/** Who may read the environment: what is started by itself. Everything else is handed a Config. */
const ENVIRONMENT_READERS = [
  'deploy/healthcheck.mjs',
  'src/cli/doctor-command.ts',
  // Opens no context: a model is installed without a database or a server.
  'src/cli/models-command.ts',
  'src/cli/open-cli-context.ts',
  // A password that must not be on the command line.
  'src/cli/read-secret.ts',
  'src/cli/start-mailroom.ts',
  'src/server.ts',
  'src/worker.ts',
];

const GIVEN_NAMES = /^(README\.md|CONTRIBUTING\.md|THIRD-PARTY-NOTICES\.md|Dockerfile(\.dockerignore)?)$/;
const VAGUE = /(^|[-.])(utils?|helpers?|common|types?|managers?)$/;

const tracked = listTrackedFiles();
const written = tracked.filter((path) => !/^(test\/(fixtures|histories)|db\/migrations)\//.test(path));
const code = written.filter((path) => /\.(ts|tsx|mjs|cjs|sh|css)$/.test(path));
const production = code.filter((path) => !path.startsWith('test/') && /\.(ts|tsx|mjs)$/.test(path));
const read = (path: string) => readFileSync(join(PACKAGE_ROOT, path), 'utf8');
const countLines = (path: string) => read(path).split('\n').length - 1;

describe('the tracked files', () => {
  it('are there', () => {
    expect(production.length).toBeGreaterThan(300);
  });

  it('are named for the one thing they hold', () => {
    const stems = code.map((path) => ({ path, stem: basename(path).replace(/(\.test)?\.[a-z]+$/, '') }));
    expect(stems.filter(({ stem }) => VAGUE.test(stem)).map(({ path }) => path)).toEqual([]);
  });

  it('are kebab-case, folders too', () => {
    const isKebab = (part: string) => /^\.?[a-z0-9]+([.-][a-z0-9]+)*$/.test(part) || GIVEN_NAMES.test(part);
    const odd = written.filter((path) => !path.split('/').every(isKebab));
    expect(odd).toEqual([]);
  });

  it('are at most 250 lines long, or listed here with the reason', () => {
    const long = code.filter((path) => countLines(path) > 250);
    expect(long.filter((path) => LONG_FILES[path] === undefined)).toEqual([]);
  });

  it('are listed as long only while they are', () => {
    const stale = Object.keys(LONG_FILES).filter((path) => !code.includes(path) || countLines(path) <= 250);
    expect(stale).toEqual([]);
  });

  it('have a median below 80 lines', () => {
    const lengths = production.map(countLines).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(80);
  });

  it('keep the composition roots below 60 lines', () => {
    expect(['src/worker.ts', 'src/server.ts'].filter((path) => countLines(path) >= 60)).toEqual([]);
  });

  it('leave nothing for later', () => {
    const others = code.filter((path) => path !== 'test/unit/guards/tracked-files.test.ts');
    expect(others.filter((path) => /\b(TODO|FIXME)\b/.test(read(path)))).toEqual([]);
  });

  it('hide no error', () => {
    const hiding = production
      .filter((path) => read(path).includes('catch'))
      .flatMap((path) => findHidingCatches(path, read(path)).map((line) => `${path}:${line}`));
    expect(hiding).toEqual([]);
  }, 30_000);

  it('read the environment in the composition roots only', () => {
    const readers = production.filter((path) =>
      /\bprocess\s*(\??\.\s*env\b|\[)|'node:process'/.test(read(path)),
    );
    expect(readers.sort()).toEqual([...ENVIRONMENT_READERS].sort());
  });

  it('have a README in each top folder', () => {
    const folders = new Set(written.flatMap((path) => /^([a-z]+)\//.exec(path)?.[1] ?? []));
    expect([...folders].filter((folder) => !tracked.includes(`${folder}/README.md`))).toEqual([]);
  });
});

describe('the search for hidden errors', () => {
  it.each([
    ['try { f(); } catch {}', 1],
    ['try { f(); } catch (error) { done = true; }', 1],
    ['try { f(); } catch { return undefined; }', 0],
    ['try { f(); } catch (error) { report(error); }', 0],
    ['try { f(); } catch {\n  // Gone already: nothing is left to do.\n}', 0],
  ])('%s', (text, count) => {
    expect(findHidingCatches('planted.ts', text)).toHaveLength(count);
  });
});
