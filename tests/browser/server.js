// The program under test: starts it, waits for its address, and stops it.

import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const folder = path.dirname(fileURLToPath(import.meta.url));
export const program = process.env.RENKEI_BIN ?? path.join(folder, '../../target/debug/renkei');

/** Starts the program on a free port unless the arguments name one. Resolves when it has printed its address. */
export async function startServer(words) {
  const listen = words.includes('--listen') ? [] : ['--listen', '127.0.0.1:0'];
  const child = spawn(program, [...words, ...listen], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (piece) => {
      said += piece;
      const address = said.match(/http:\/\/[^\s/]+/);
      if (address) resolve(address[0]);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${program} ended (${code}) before it printed its address: ${said}`)));
  });
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
