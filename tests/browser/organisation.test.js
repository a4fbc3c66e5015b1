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

/** The posts of the first division with a 課長, and of a division that has a 主査 but no 課長. */
async function twoPosts(page) {
  const rows = page.locator('section[aria-labelledby=tree] tbody tr');
  const held = rows.filter({ hasText: '課長（決裁者）' }).first();
  const neighbour = rows.filter({ hasText: '主査（担当）' }).filter({ hasNotText: '課長' }).first();
  const name = (row) => row.locator('th a').innerText();
  return { held: await name(held), neighbour: await name(neighbour), neighbourLink: neighbour.locator('th a') };
}

test('a neighbour’s row is shown in the name of its absent 課長, who reviews it', async () => {
  const office = await at.signIn('shi-jimukyoku');
  await office.goto(`${at.url}/plans`);
  await follow(office, office.getByRole('button', { name: '計画を始める' }).click());
  const plan = new URL(office.url()).pathname;
  await office.goto(`${at.url}/organisation`);
  const { held, neighbour, neighbourLink } = await twoPosts(office);
  // The 主査 of the other division decides there too, so the rows of the own division need no deputy.
  await follow(office, neighbourLink.click());
  await office.locator('section[aria-labelledby=posts] li').filter({ hasText: '主査' }).locator('summary').click();
  await office.locator('section[aria-labelledby=posts] li').filter({ hasText: '主査' }).getByLabel(/^決裁者/).check();
  await follow(office, office.getByRole('button', { name: '変更を記録する' }).first().click());
  await office.goto(`${at.url}/organisation`);
  await office.getByText('代理を定める', { exact: true }).click();
  await office.getByLabel('不在になる職').selectOption({ label: `${held} 課長` });
  await office.getByLabel('代わって決める職').selectOption({ label: `${neighbour} 主査` });
  await follow(office, office.getByRole('button', { name: '代理に定める' }).click());
  const deputy = await at.signIn('shi-tanto2');
  assert.match(await deputy.locator('body').innerText(), new RegExp(`${held} 課長（代理 ${neighbour} 主査）`));
  await deputy.goto(at.url + plan);
  for (const division of [held, neighbour]) {
    const row = deputy.locator('table.rows tbody tr').filter({ has: deputy.locator('.c-division', { hasText: division }) });
    await follow(deputy, row.getByRole('button', { name: /^示す/ }).first().click());
  }
  await office.goto(`${at.url}/journal`);
  const journal = await office.locator('main').innerText();
  assert.match(journal, new RegExp(`${held} 課長（代決 ${neighbour} 主査）`), 'in the name of the absent 課長');
  assert.match(journal, new RegExp(`${neighbour} 主査`));
  const holder = await at.signIn('shi-kessai');
  const reviews = holder.getByRole('heading', { name: /^後閲/ });
  assert.match(await reviews.innerText(), /1/, 'only the row of the own division waits');
  await at.look(holder, 'after-review', { fullPage: false });
  await follow(holder, holder.getByRole('button', { name: '選んだものを後閲した' }).click());
  assert.equal(await reviews.count(), 0);
});
