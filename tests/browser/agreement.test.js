// The agreement is read article by article, and an article leads to what was recorded under it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { follow, siteForTests } from './site.js';

const at = siteForTests();

test('the article about the plan leads to the plans', async () => {
  const page = await at.open('/');
  await follow(page, page.getByRole('navigation', { name: '主なページ' }).getByRole('link', { name: '協定' }).click());
  assert.match(await page.locator('h1').innerText(), /雇用対策協定$/);
  const article = page.locator('section').filter({ has: page.getByRole('heading', { name: '第2条（事業計画）' }) });
  const link = article.getByRole('link').first();
  const [, name, rows] = (await link.innerText()).match(/^(.*)（(\d+)件）$/);
  await follow(page, link.click());
  assert.equal(await page.locator('h1').innerText(), name);
  assert.equal(await page.locator('table.rows tbody tr').count(), Number(rows));
});
