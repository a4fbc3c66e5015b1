// A year's plan is opened from the rows of the year before.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { follow, siteForTests } from '../site.js';

const at = siteForTests({ signIn: true });

test('the plan is opened with last year’s rows as drafts of each side', async () => {
  const city = await at.signIn('shi-jimukyoku');
  await city.goto(`${at.url}/plans`);
  await at.look(city, 'plans', { fullPage: false });
  await follow(city, city.getByRole('button', { name: '計画を始める' }).click());
  const plan = new URL(city.url()).pathname;
  assert.match(plan, /^\/a\/[0-9a-f]{8}\/plans\/\d+\/plan$/);
  assert.ok((await city.locator('tr[data-move]').count()) > 20);
  const bureau = await at.signIn('kyoku-jimukyoku');
  await bureau.goto(at.url + plan);
  assert.equal(await bureau.locator('tr[data-move]').count(), 0, 'drafts of the city are not shown');
  await follow(bureau, bureau.getByRole('button', { name: /取組を引き継ぐ/ }).click());
  assert.ok((await bureau.locator('tr[data-move]').count()) > 20);
  await at.look(city, 'draft', { fullPage: false });
});
