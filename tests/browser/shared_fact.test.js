// Both sides report one event: one side says so, the other confirms it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { follow, siteForTests } from './site.js';

const at = siteForTests({ signIn: true });

test('one side declares a shared fact, the other confirms it, and it is withdrawn', async () => {
  const city = await at.signIn('shi-jimukyoku');
  await city.goto(`${at.url}/indicators?party=city`);
  await follow(city, city.locator('table.indicators th a').first().click());
  const indicator = city.url();
  const shared = (page) => page.locator('section[aria-labelledby=shared]');
  await city.getByLabel('何のことか').fill('合同の就職面接会');
  const others = await city.locator('#fact-other option').allInnerTexts();
  const label = others.find((other) => other.startsWith('労働局'));
  await city.getByLabel('同じことを報告している指標').selectOption({ label });
  await follow(city, city.getByRole('button', { name: '共通実績として示す' }).click());
  assert.match(await shared(city).locator('article').innerText(), /合同の就職面接会.*労働局の確認待ち/);
  await at.look(city, 'shared-fact');

  const bureau = await at.signIn('kyoku-jimukyoku');
  const theirs = await shared(city).locator('article li a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  await bureau.goto(at.url + theirs.find((href) => !indicator.endsWith(href)));
  await follow(bureau, bureau.getByRole('button', { name: '同じことだと確認する' }).click());
  assert.match(await shared(bureau).locator('article').innerText(), /双方が確認/);
  await city.goto(indicator);
  assert.match(await shared(city).locator('article').innerText(), /双方が確認/);
  await follow(city, city.getByRole('button', { name: '共通実績を取り下げる' }).click());
  assert.equal(await shared(city).locator('article').count(), 0);
});
