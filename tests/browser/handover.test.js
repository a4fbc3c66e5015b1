// The handover of a division: what its indicators count, to read and as a PDF.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { follow, siteForTests } from './site.js';

const at = siteForTests();

test('a definition is in the handover of its division, and the handover is a PDF too', async () => {
  const page = await at.open('/indicators');
  await follow(page, page.locator('table.indicators th a').first().click());
  await page.getByLabel('何を数えるか（必須）').fill('次の担当者に渡す説明');
  await follow(page, page.getByRole('button', { name: 'この定義を記録する' }).click());
  await follow(page, page.getByRole('link', { name: 'この課の引継書' }).click());
  assert.match(await page.locator('h1').innerText(), /の引継書$/);
  assert.match(await page.locator('main').innerText(), /次の担当者に渡す説明/);
  const pdf = await page.getByRole('link', { name: /^PDF で開く/ }).getAttribute('href');
  const answer = await page.request.get(at.url + pdf);
  assert.equal(answer.status(), 200);
  assert.match(answer.headers()['content-type'], /pdf/);
  assert.equal((await answer.body()).subarray(0, 5).toString(), '%PDF-');
});
