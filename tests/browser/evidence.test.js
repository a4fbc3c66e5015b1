// A document is brought, looked through beside its source, corrected, and put away or imported. An import is undone, or its rows are
// taken over by the other side. Without scripts.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from './looks.js';
import { follow, siteForTests } from './site.js';

const at = siteForTests({ signIn: true });

/** Brings the sample's report as one of so many years earlier, which are not recorded yet. The window then shows its review. */
async function bring(page, name, years) {
  const report = await (await page.request.get(`${at.url}/reports/2026.html`)).text();
  await page.goto(`${at.url}/imports`);
  const buffer = Buffer.from(report.replaceAll(/令和(\d+)/g, (_, year) => `平成${Number(year) + 30 - years}`));
  await page.getByLabel('文書（いくつでも）').setInputFiles({ name, mimeType: 'text/html', buffer });
  await follow(page, page.getByRole('button', { name: '読み取る' }).click());
  assert.equal(await page.locator('h1').innerText(), '取込みの確認');
}

test('a document is brought, looked through beside its source, corrected and put away', async () => {
  const page = await at.signIn('shi-jimukyoku');
  await bring(page, '昔の文書.html', 18);
  const review = page.url();
  await at.look(page, 'review', { fullPage: false });
  await follow(page, page.getByRole('link', { name: /^直す/ }).first().click());
  await at.look(page, 'read-row');
  await page.getByLabel('担当課（一行に一つ）').fill('新しい課');
  await follow(page, page.getByRole('button', { name: '保存する' }).click());
  await page.getByText('新しい課').first().waitFor();
  await picture(page, 'review-corrected-desktop', false);
  await page.goto(review);
  await follow(page, page.getByRole('button', { name: '取りやめる' }).click());
  await page.getByText('取込みを取りやめました').waitFor();
});

/** Imports it; returns the line of the list of imports that names it. */
async function importFrom(page, name, years) {
  await bring(page, name, years);
  await follow(page, page.getByRole('button', { name: 'この内容で取り込む' }).click());
  await page.goto(`${at.url}/imports`);
  return page.locator('ul.imported > li').filter({ hasText: name });
}

test('a document is imported, and the import is undone with a reason', async () => {
  const page = await at.signIn('shi-jimukyoku');
  const imported = await importFrom(page, '年度を誤った文書.html', 18);
  const plan = async () => (await page.request.get(`${at.url}/plans/2008/plan`)).status();
  assert.equal(await plan(), 200);
  await imported.getByText('この取込みを取り消す').click();
  await imported.getByLabel('取り消す理由').fill('年度を誤った');
  await follow(page, imported.getByRole('button', { name: '取り消す' }).click());
  assert.match(await imported.innerText(), /に取り消しました（年度を誤った）/);
  assert.equal(await plan(), 404);
});

test('the other side takes over its rows, and the import stays', async () => {
  const city = await at.signIn('shi-jimukyoku');
  const imported = await importFrom(city, '引き継ぐ文書.html', 14);
  assert.equal(await imported.getByText('この取込みを取り消す').count(), 1);
  const bureau = await at.signIn('kyoku-jimukyoku');
  await bureau.goto(`${at.url}/imports`);
  await follow(bureau, bureau.getByRole('link', { name: '確かめて引き継ぐ（引き継ぐ文書.html）' }).click());
  await at.look(bureau, 'taking-over', { fullPage: false });
  await follow(bureau, bureau.getByRole('button', { name: /^この\d+件を引き継ぐ$/ }).first().click());
  await city.reload();
  assert.equal(await imported.getByText('この取込みを取り消す').count(), 0);
  assert.match(await imported.innerText(), /こちらだけでは取り消せません/);
});
