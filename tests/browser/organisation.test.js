// Divisions change on a day, and a party decides how its reports are printed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { follow, siteForTests } from './site.js';

const at = siteForTests({ signIn: true });

test('a division is renamed from a day on, and the change is taken back', async () => {
  const page = await at.signIn('shi-jimukyoku');
  await page.goto(`${at.url}/organisation`);
  const divisions = () => page.locator('section[aria-labelledby=tree] tbody th').allInnerTexts();
  const today = await divisions();
  await follow(page, page.locator('section[aria-labelledby=tree] th a').first().click());
  await page.getByText('改称する', { exact: true }).click();
  await page.getByLabel('新しい名前').fill('しごと創造課');
  await page.locator('#rename-from').fill('2100-04-01');
  await follow(page, page.getByRole('button', { name: '改称を記録する' }).click());
  assert.ok(await page.getByRole('status').first().innerText());
  await page.goto(`${at.url}/organisation`);
  assert.deepEqual(await divisions(), today);
  assert.match(await page.locator('section[aria-labelledby=coming]').innerText(), /しごと創造課/);
  await at.look(page, 'organisation');
  await page.getByLabel('いつの組織を見るか').fill('2100-04-01');
  await follow(page, page.getByRole('button', { name: 'この日の組織を見る' }).click());
  assert.deepEqual(await divisions(), today.map((name) => (name === today[0] ? 'しごと創造課' : name)));
  await page.goto(`${at.url}/organisation`);
  const coming = page.locator('section[aria-labelledby=coming]');
  await coming.locator('summary').click();
  await follow(page, coming.getByRole('button', { name: /^この変更を取り消す/ }).click());
  assert.match(await coming.innerText(), /ありません/);
});

test('a party decides how its numbers are printed', async () => {
  const page = await at.signIn('kyoku-jimukyoku');
  await page.goto(`${at.url}/settings`);
  const own = page.locator('section').filter({ has: page.getByRole('heading', { name: /労働局の表記$/ }) });
  await own.getByLabel('数の書き方').selectOption({ label: '1,304（半角、区切りあり）' });
  await follow(page, own.getByRole('button', { name: 'この表記に定める' }).click());
  await page.getByText('表記を定めました。').waitFor();
  assert.match(await own.locator('.in-print dd').last().innerText(), /相談 1,304/);
});
