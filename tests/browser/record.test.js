// The journal says what was done.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { follow, siteForTests } from './site.js';

const at = siteForTests();

test('what was done is the newest line of the journal, and the older lines stay', async () => {
  const page = await at.open('/journal');
  const lines = () => page.locator('table.journal tbody tr').allInnerTexts();
  const before = await lines();
  await page.goto(`${at.url}/settings`);
  await page.getByLabel('見出しの括弧').first().selectOption({ label: '【対象】' });
  await follow(page, page.getByRole('button', { name: 'この表記に定める' }).first().click());
  await page.goto(`${at.url}/journal`);
  const [newest, ...older] = await lines();
  assert.match(newest, /表記/);
  assert.deepEqual(older, before);
});
