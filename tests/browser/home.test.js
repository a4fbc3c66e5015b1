// The morning of each role: sign in, see what waits, follow the first of it; at two widths, by keyboard, without scripts.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { sizes, startBrowser, startSite } from './site.js';

const screenshots = path.join(path.dirname(fileURLToPath(import.meta.url)), 'screenshots');
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const password = 'みどりの丘に朝の光がさす';
/** Who comes, and what their page says to them. */
const people = {
  'shi-jimukyoku': ['確認事項のある取組', '組織'],
  'kyoku-jimukyoku': ['確認事項のある取組', '組織'],
  'shi-tanto': ['あなたを待つもの', '前回から変わったこと'],
  'shi-kessai': ['あなたを待つもの', '前回から変わったこと'],
  'shi-cho': ['あなたを待つもの', '前回から変わったこと'],
  iin: ['いま、あなたを待つものはありません', '前回から変わったこと'],
};

let site;
let browser;

before(async () => {
  site = await startSite(['--sign-in', '--password', password]);
  browser = await startBrowser();
  await mkdir(screenshots, { recursive: true });
});

after(async () => {
  await browser?.stop();
  await site?.stop();
});

/** Somebody who has signed in by keyboard alone. */
async function morning(login, viewport, options = {}) {
  const context = await browser.browser.newContext({ viewport, javaScriptEnabled: false, locale: 'ja-JP', ...options });
  const page = await context.newPage();
  await page.goto(site.url);
  await page.locator('input[name=login]').focus();
  await page.keyboard.type(login);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${site.url}/`);
  return page;
}

for (const [login, sentences] of Object.entries(people)) {
  test(`the morning of ${login}`, async () => {
    for (const [size, viewport] of Object.entries(sizes)) {
      const scripts = { javaScriptEnabled: true, bypassCSP: true };
      const page = await morning(login, viewport, scripts);
      const main = await page.locator('body').innerText();
      for (const sentence of sentences) assert.ok(main.includes(sentence), `${login}: ${sentence}\n${main}`);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= viewport.width, `${login} (${size}) scrolls to ${width}`);
      await page.screenshot({ path: path.join(screenshots, `morning-${login}-${size}.png`), fullPage: true });
      const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze();
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.help}`), [], `${login} (${size})`);
      await page.context().close();
    }
    const page = await morning(login, sizes.desktop);
    const first = page.locator('section[aria-labelledby=mine] li a').first();
    if (await first.count()) {
      await first.focus();
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname !== '/');
      assert.ok(await page.locator('h1').first().isVisible());
    }
    await page.context().close();
  });
}
