// A number leads to where it comes from; what it counts is defined, and a target is set for it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { follow, siteForTests } from './site.js';

const at = siteForTests();

test('a number leads to where it comes from, and its row back to the list', async () => {
  const page = await at.open('/plans/2025/progress');
  const number = page.locator('a.figure').first();
  const printed = (await number.innerText()).replaceAll(',', '').normalize('NFKC');
  await follow(page, number.click());
  const target = new URL(page.url()).hash;
  const value = await page.locator(`${target} td.number b`).innerText();
  assert.equal(value.replaceAll(',', ''), printed);
  await follow(page, page.click('text=一覧のこの行へ'));
  assert.match(page.url(), /#r\d+-\d+-\d+$/);
});

test('an indicator is defined and gets a target, and its values are added up', async () => {
  const page = await at.open('/indicators?gap=definition');
  const indicators = page.locator('table.indicators tbody tr');
  const undefinedBefore = await indicators.count();
  await follow(page, indicators.first().locator('th a').click());
  const address = page.url();
  await page.getByLabel('何を数えるか（必須）').fill('市内で開いた講座に来た人の数');
  await page.getByLabel('合算の仕方').selectOption({ label: '合計する（期間の数を足すと年度の数になる）' });
  await follow(page, page.getByRole('button', { name: 'この定義を記録する' }).click());
  await page.getByText('記録しました。', { exact: true }).waitFor();
  assert.equal(await page.locator('p.sentence').innerText(), '市内で開いた講座に来た人の数');
  await page.getByLabel('いつまでに（2027-03 のように）').fill('3月末');
  await page.getByLabel('目標値', { exact: true }).fill('1200');
  await follow(page, page.getByRole('button', { name: '目標値を定める' }).click());
  assert.match(await page.getByRole('alert').innerText(), /入れた内容は下の欄に残っています/);
  assert.equal(await page.getByLabel('目標値', { exact: true }).inputValue(), '1200');
  await page.getByLabel('いつまでに（2027-03 のように）').fill('2100-03');
  await follow(page, page.getByRole('button', { name: '目標値を定める' }).click());
  assert.match(await page.locator('section[aria-labelledby=targets]').innerText(), /1,200/);
  await at.look(page, 'indicator-defined');
  await page.goto(address);
  await page.locator('input.pick').first().check();
  await follow(page, page.getByRole('button', { name: '選んだ値を足す・比べる' }).click());
  assert.equal(await page.locator('h1').innerText(), '数値を足す・比べる');
  await page.goto(`${at.url}/indicators?gap=definition`);
  assert.equal(await indicators.count(), undefinedBefore - 1);
});
