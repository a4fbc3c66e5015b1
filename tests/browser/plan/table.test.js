// The table of a year is filtered and searched.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { follow, siteForTests } from '../site.js';

const at = siteForTests();

test('a filter is chosen, kept in the address, and taken away without a script', async () => {
  const page = await at.open('/plans/2025/progress');
  const rows = page.locator('table.rows tbody tr');
  const all = await rows.count();
  await page.selectOption('#chapter', { index: 1 });
  await page.check('#beside');
  await follow(page, page.click('.filter button'));
  assert.match(page.url(), /chapter=1/);
  assert.match(page.url(), /beside=1/);
  const shown = await rows.count();
  assert.ok(shown > 0 && shown < all, `${shown} of ${all}`);
  assert.equal(await page.locator('#chapter').inputValue(), '1');
  await follow(page, page.click('.shown a'));
  assert.equal(await rows.count(), all);
});

test('a search finds words of two characters, however wide they are written, and marks them', async () => {
  const page = await at.open('/');
  await page.fill('#q', '若者');
  await follow(page, page.keyboard.press('Enter'));
  assert.match(page.url(), /\/search\?/);
  assert.ok(await page.locator('.hits li').count() > 0);
  assert.ok((await page.locator('.hits mark').allInnerTexts()).every((word) => word.replaceAll(/\s/g, '').includes('若者')));
});
