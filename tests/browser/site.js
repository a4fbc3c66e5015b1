// The site under test, one for each test file: a copy of the sample, served by the program, and a browser that looks at it.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before } from 'node:test';
import { chromium } from 'playwright-core';
import { atEachWidth, picture, sizes } from './looks.js';
import { copySample, password } from './sample.js';
import { startServer } from './server.js';

export { password } from './sample.js';
export { sizes } from './looks.js';

/**
 * Starts a site and a browser before the tests of a file, closes all windows after each test, and stops both at the end.
 * With `signIn`, people sign in; without, the visitor is the local operator. `more` returns more arguments for the program;
 * `prepare` gets the started site. (Node runs several `before` of a file at the same time, so both are called in this one.)
 */
export function siteForTests({ signIn = false, more = async () => [], prepare = async () => {} } = {}) {
  const at = new Site();
  before(async () => {
    // One after the other: where the site does not start, no browser is left running.
    at.server = await startSite(signIn, await more());
    at.url = at.server.url;
    at.started = await startBrowser();
    at.browser = at.started.browser;
    await prepare(at);
  });
  afterEach(() => Promise.all((at.browser?.contexts() ?? []).map((context) => context.close())));
  after(async () => {
    await at.started?.stop();
    await at.server?.stop();
  });
  return at;
}

class Site {
  /** A window with a profile of its own, without scripts as closed networks have them; `faults` are errors of its scripts. */
  async window(options = {}) {
    const usual = { viewport: sizes.desktop, javaScriptEnabled: false, locale: 'ja-JP' };
    const context = await this.browser.newContext({ ...usual, ...options });
    const page = await context.newPage();
    page.faults = [];
    page.on('pageerror', (fault) => page.faults.push(String(fault)));
    page.on('console', (message) => {
      if (message.type() === 'error') page.faults.push(message.text());
    });
    return page;
  }

  /** A window that shows an address of the site. */
  async open(address, options = {}) {
    const page = await this.window(options);
    await page.goto(this.url + address);
    return page;
  }

  /** A window in which somebody of the sample has signed in by keyboard alone. */
  async signIn(login, options = {}) {
    const page = await this.window(options);
    await enter(page, `${this.url}/sign-in`, login, password);
    await page.waitForURL(`${this.url}/`);
    return page;
  }

  /** Looks at an address, by default that of the page, at each width: with the page's cookies, in a window in which axe can run. */
  async look(page, name, { address = page.url(), fullPage = true } = {}) {
    const cookies = await page.context().cookies();
    await atEachWidth(async (size, viewport, check) => {
      const other = await this.window({ viewport, javaScriptEnabled: true, bypassCSP: true });
      await other.context().addCookies(cookies);
      await other.goto(address);
      await picture(other, `${name}-${size}`, fullPage);
      await check(other, `${name} (${size})`);
      await other.context().close();
    });
  }
}

/** Fills in the sign-in form by keyboard, and waits for the answer, whatever it is. */
export async function enter(page, address, login, secret) {
  await page.goto(address);
  await page.locator('input[name=login]').focus();
  await page.keyboard.type(login);
  await page.keyboard.press('Tab');
  await page.keyboard.type(secret);
  await follow(page, page.keyboard.press('Enter'));
}

/** Waits until an act has led to a loaded page. Without that, a test counts the rows of a page that is half loaded. */
export async function follow(page, act) {
  await Promise.all([page.waitForEvent('load'), act]);
}

/** Starts the site on a copy of the sample, or takes RENKEI_URL, a site that runs already. */
async function startSite(signIn, more) {
  if (process.env.RENKEI_URL) return { url: process.env.RENKEI_URL, stop: async () => {} };
  const folder = await mkdtemp(path.join(tmpdir(), 'renkei-data-'));
  const data = path.join(folder, 'sample');
  await copySample(signIn, data);
  const server = await startServer(['serve', '--data', data, ...more]);
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Starts a browser with an empty profile that asks nobody but the site. */
async function startBrowser() {
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
