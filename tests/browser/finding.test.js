// Findings are listed by severity, and each leads to its row.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { follow, siteForTests } from './site.js';

const at = siteForTests();

test('the findings of a severity are as many as its button says, and lead to their rows', async () => {
  const page = await at.open('/findings');
  const all = await page.locator('ul.findings > li').count();
  const severity = page.getByRole('link', { name: /^誤り \d+件/ });
  const said = Number((await severity.innerText()).match(/\d+/)[0]);
  await follow(page, severity.click());
  assert.equal(await page.locator('ul.findings > li').count(), said);
  const message = await page.locator('.finding-head b').first().innerText();
  await follow(page, page.locator('section.group h2 a').first().click());
  assert.ok((await page.locator('section[aria-labelledby=findings]').innerText()).includes(message));
  await page.goBack();
  await follow(page, severity.click());
  assert.equal(await page.locator('ul.findings > li').count(), all);
});
