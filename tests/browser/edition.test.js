// A report is downloaded in each format; an edition keeps its files as they were.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { follow, siteForTests } from './site.js';

const at = siteForTests();

test('the report is there in each format', async () => {
  const page = await at.open('/');
  const pdf = await page.locator('table.plans a:has-text("PDF")').first().getAttribute('href');
  for (const [ending, type] of [['pdf', /pdf/], ['html', /html/], ['json', /json/]]) {
    const answer = await page.request.get(at.url + pdf.replace(/pdf$/, ending));
    assert.equal(answer.status(), 200, ending);
    assert.match(answer.headers()['content-type'], type);
  }
});

test('an edition is frozen once, and its files and reference numbers stay', async () => {
  const page = await at.open('/editions');
  await page.getByLabel('報告書の年度').selectOption('2025');
  await follow(page, page.getByRole('button', { name: '今の内容で版を作る' }).click());
  await page.goto(`${at.url}/editions`);
  await follow(page, page.getByRole('link', { name: '令和7年度 第1版' }).click());
  await at.look(page, 'edition-frozen', { fullPage: false });
  const files = await page.locator('.files a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.ok(files.length >= 6, `${files.length} files`);
  for (const file of files) {
    const kept = await (await page.request.get(at.url + file)).body();
    assert.equal(createHash('sha256').update(kept).digest('hex'), file.split('/').at(-1));
  }
  const figure = await page.locator('table.references tbody tr').first().locator('[data-label=数値]').innerText();
  await follow(page, page.locator('table.references th a').first().click());
  assert.equal(await page.locator('h1').innerText(), 'R7-1-0001');
  const value = await page.locator('section[aria-labelledby=printed] dd b').innerText();
  assert.ok(figure.includes(value), `${figure} has ${value}`);
  await page.goto(`${at.url}/editions`);
  await page.getByLabel('報告書の年度').selectOption('2025');
  await follow(page, page.getByRole('button', { name: '今の内容で版を作る' }).click());
  assert.match(await page.locator('main').innerText(), /変わっていません/);
});
