// The data of the invented city. Loading it takes seconds, so it is loaded once for each build and day; each site serves a copy.

import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { folder, program, startServer } from './server.js';

/** The password of everybody in the sample. */
export const password = 'みどりの丘に朝の光がさす';

/** Where the loaded samples are kept. To load them anew, remove this folder. */
const kept = path.join(folder, 'node_modules/.cache/renkei-sample');
const dayInMilliseconds = 24 * 3600 * 1000;

/** Copies the sample, with accounts where people sign in, to a folder that does not exist yet. */
export async function copySample(signIn, to) {
  await cp(await loadedSample(signIn), to, { recursive: true });
}

/** Returns the folder of the loaded sample; loads it where no other process has. */
export async function loadedSample(signIn) {
  const words = signIn ? ['--sign-in', '--password', password] : [];
  const known = path.join(kept, await nameOf(words));
  if (await exists(known)) return known;
  await mkdir(kept, { recursive: true });
  await removeOldSamples();
  const own = await mkdtemp(path.join(kept, 'loading-'));
  const data = path.join(own, 'data');
  const server = await startServer(['demo', '--data', data, ...words]);
  // A server that answers also ends in order, with its journal written to one file.
  await fetch(`${server.url}/nowhere`);
  await server.stop();
  try {
    await rename(data, known);
  } catch (fault) {
    // Another process has loaded the same sample meanwhile.
    if (!await exists(known)) throw fault;
  } finally {
    await rm(own, { recursive: true, force: true });
  }
  return known;
}

/** A name that changes with the program, the arguments and the day: posts and reports bear the day of the loading. */
async function nameOf(words) {
  const { mtimeMs, size } = await stat(program);
  const day = new Date().toISOString().slice(0, 10);
  return createHash('sha256').update([program, mtimeMs, size, day, ...words].join('\n')).digest('hex').slice(0, 16);
}

async function removeOldSamples() {
  for (const name of await readdir(kept)) {
    const sample = path.join(kept, name);
    const { mtimeMs } = await stat(sample);
    if (Date.now() - mtimeMs > dayInMilliseconds) await rm(sample, { recursive: true, force: true });
  }
}

async function exists(file) {
  return stat(file).then(() => true, () => false);
}
