// The site under test: starts `renkei demo` (or RENKEI_URL, a site that runs already) and a browser that looks at it.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

export const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

/** Starts the site, with more arguments where a test needs them; resolves once it has said its address on stdout. */
export async function startSite(more = []) {
  if (process.env.RENKEI_URL) return { url: process.env.RENKEI_URL, stop: async () => {} };
  const program = process.env.RENKEI_BIN ?? path.join(root, 'target/debug/renkei');
  const listen = more.includes('--listen') ? [] : ['--listen', '127.0.0.1:0'];
  const data = await mkdtemp(path.join(tmpdir(), 'renkei-data-'));
  const child = spawn(program, ['demo', '--data', path.join(data, 'demo'), ...listen, ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (piece) => {
      said += piece;
      const address = said.match(/http:\/\/[^\s/]+/);
      if (address) resolve(address[0]);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${program} ended (${code}) before it said its address: ${said}`)));
  });
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** A browser with an empty profile that asks nobody but the site. */
export async function startBrowser() {
  const profile = await mkdtemp(path.join(tmpdir(), 'renkei-browser-'));
  const args = [
    '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync',
  ];
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    chromiumSandbox: process.getuid() !== 0,
    args,
    env: { ...process.env, HOME: profile },
  });
  return {
    browser,
    stop: async () => {
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** Every kind of page, by a name for its screenshot. Follows the site's own links, as a person would. */
export async function pagesOf(page, url) {
  await page.goto(url);
  const plans = await page.locator('.years a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const newest = plans[0];
  const progress = plans.find((href) => /progress|result/.test(href)) ?? newest;
  await page.goto(url + progress);
  const withFigures = await page.locator('tr:has(a.figure) .c-number a').first().getAttribute('href');
  await page.goto(`${url}/indicators`);
  const indicator = await page.locator('table.indicators th a').first().getAttribute('href');
  const handover = await page.locator('a[href^="/indicators/handover/"]').first().getAttribute('href');
  return {
    home: '/',
    indicators: '/indicators',
    indicator,
    'indicator-compare': `${indicator}/compare`,
    handover,
    plan: `${newest}?chapter=1`,
    'plan-beside': `${newest}?beside=1&chapter=1`,
    progress,
    initiative: withFigures,
    findings: '/findings',
    agreement: '/agreement',
    imports: '/imports',
    divisions: '/divisions',
    search: `/search?q=${encodeURIComponent('若者')}`,
    'search-none': `/search?q=${encodeURIComponent('どこにもない言葉')}`,
    editions: '/editions',
    edition: '/editions/R8-1',
    reference: '/r/R8-1-0001',
    journal: '/journal',
    settings: '/settings',
    'not-found': '/nowhere',
    'bad-filter': `${newest}?chapter=99`,
  };
}
