// The frame of every page: the skip link, the order of the tab key, the language.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { follow, siteForTests } from './site.js';

const progress = '/plans/2025/progress';

const at = siteForTests();

test('the tab key reaches the skip link, the search, the filters and the rows, in the order of the page', async () => {
  const page = await at.open(progress, { javaScriptEnabled: true });
  const stops = [];
  for (let press = 0; press < 80; press += 1) {
    await page.keyboard.press('Tab');
    stops.push(await page.evaluate(() => {
      const at = document.activeElement;
      return at.id || at.className || at.closest('nav')?.className || at.closest('td')?.className || at.tagName;
    }));
  }
  const wanted = ['skip', 'q', 'ways', 'party', 'division', 'chapter', 'state', 'beside', 'outline', 'c-number'];
  const places = wanted.map((name) => stops.indexOf(name));
  assert.ok(places.every((place) => place >= 0), `reached: ${[...new Set(stops)].join(' ')}`);
  assert.deepEqual(places, [...places].sort((a, b) => a - b));
});

test('the skip link leads past the header to the page itself', async () => {
  const page = await at.open(progress, { javaScriptEnabled: true });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#main$/);
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.activeElement.closest('main') !== null));
});

test('the pages speak English where that is chosen, and Japanese again', async () => {
  const page = await at.open('/findings');
  for (const [button, lang, heading] of [['English', 'en', 'Findings'], ['日本語', 'ja', '確認事項']]) {
    await follow(page, page.getByRole('button', { name: button }).click());
    await page.goto(`${at.url}/findings`);
    assert.equal(await page.locator('html').getAttribute('lang'), lang);
    assert.equal(await page.locator('h1').innerText(), heading);
  }
});
