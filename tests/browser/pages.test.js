// Every page in a real browser: without violations that axe knows, without scripts, by keyboard, on a phone.

import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fits, isSound, picture } from './looks.js';
import { pagesOf, sizes, startBrowser, startSite } from './site.js';

const here = path.dirname(fileURLToPath(import.meta.url));
/** Too long to be photographed whole. */
const long = ['progress'];

let site;
let browser;
let pages;

/** A page of the site with scripts off, as closed networks have them. */
async function open(address, size = sizes.desktop, options = {}) {
  const context = await browser.browser.newContext({ viewport: size, javaScriptEnabled: false, locale: 'ja-JP', ...options });
  const page = await context.newPage();
  await page.goto(site.url + address);
  return page;
}

before(async () => {
  // One after the other: where the site does not start, no browser is left running.
  site = await startSite();
  browser = await startBrowser();
  const context = await browser.browser.newContext({ viewport: sizes.desktop });
  pages = await pagesOf(await context.newPage(), site.url);
  await context.close();
});

after(async () => {
  await browser?.stop();
  await site?.stop();
});

test('no page has a violation of WCAG that axe finds, sticks out, or loads anything from elsewhere', async () => {
  for (const [place, [name, address]] of Object.entries(pages).entries()) {
    for (const [turn, [size, viewport]] of Object.entries(sizes).entries()) {
      // axe and the measuring need scripts; the pages themselves have none.
      const page = await open('/', viewport, { javaScriptEnabled: true, bypassCSP: true });
      const asked = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(site.url + address);
      const elsewhere = asked.filter((url) => !url.startsWith(site.url) && !url.startsWith('data:'));
      assert.deepEqual(elsewhere, [], name);
      assert.equal(await page.locator('script').count(), 0, name);
      await picture(page, `${name}-${size}`, !long.includes(name));
      // axe takes seconds: it looks at each page at one width, and at all of them where `cargo xtask long` asks.
      const look = process.env.RENKEI_TIMES || (place + turn) % 2 === 0 ? isSound : fits;
      await look(page, `${name} (${size})`);
      await page.context().close();
    }
  }
});

test('the tab key reaches the skip link, the search, the filters and the rows, in the order of the page', async () => {
  const page = await open(pages.progress, sizes.desktop, { javaScriptEnabled: true });
  const stops = [];
  for (let press = 0; press < 80; press += 1) {
    await page.keyboard.press('Tab');
    stops.push(await page.evaluate(() => {
      const at = document.activeElement;
      return at.id || at.className || at.closest('nav')?.className || at.closest('td')?.className || at.tagName;
    }));
  }
  const wanted = ['skip', 'q', 'ways', 'party', 'division', 'chapter', 'state', 'beside', 'outline', 'c-number'];
  const places = wanted.map((name) => stops.indexOf(name));
  assert.ok(places.every((place) => place >= 0), `reached: ${[...new Set(stops)].join(' ')}`);
  assert.deepEqual(places, [...places].sort((a, b) => a - b));
  await page.context().close();
});

test('a document is brought, looked through beside its source, corrected and put away, without a script', async () => {
  const report = (await (await fetch(`${site.url}/reports/${pages.plan.match(/\d{4}/)[0]}.html`)).text())
    .replaceAll('令和', '平成'); // Years that are not there yet.
  for (const [size, viewport] of Object.entries(sizes)) {
    const page = await open('/imports', viewport);
    await page.getByLabel('文書（いくつでも）').setInputFiles({ name: '昔の文書.html', mimeType: 'text/html', buffer: Buffer.from(report) });
    await page.getByRole('button', { name: '読み取る' }).click();
    await page.getByRole('heading', { name: '取込みの確認' }).waitFor();
    const review = page.url();
    await picture(page, `review-${size}`, false);
    await page.getByRole('link', { name: /^直す/ }).first().click();
    await page.getByLabel('担当課（一行に一つ）').fill('新しい課');
    await picture(page, `read-row-${size}`);
    const edit = page.url();
    await page.getByRole('button', { name: '保存する' }).click();
    await page.getByText('新しい課').first().waitFor();
    for (const address of [review, edit]) {
      const seen = await open(address.replace(site.url, ''), viewport, { javaScriptEnabled: true, bypassCSP: true });
      await isSound(seen, `${address} (${size})`);
      await seen.context().close();
    }
    await page.goto(review);
    await page.getByRole('button', { name: '取りやめる' }).click();
    await page.getByText('取込みを取りやめました').waitFor();
    await page.context().close();
  }
});

test('the skip link leads past the header to the page itself', async () => {
  const page = await open(pages.progress, sizes.desktop, { javaScriptEnabled: true });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#main$/);
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.activeElement.closest('main') !== null));
  await page.context().close();
});

test('a filter is chosen, kept in the address, and taken away without a script', async () => {
  const page = await open(pages.progress);
  const all = await page.locator('table.rows tbody tr').count();
  await page.selectOption('#chapter', { index: 1 });
  await page.check('#beside');
  await page.click('.filter button');
  assert.match(page.url(), /chapter=1/);
  assert.match(page.url(), /beside=1/);
  const shown = await page.locator('table.rows tbody tr').count();
  assert.ok(shown > 0 && shown < all, `${shown} of ${all}`);
  assert.equal(await page.locator('#chapter').inputValue(), '1');
  await page.click('.shown a');
  assert.equal(await page.locator('table.rows tbody tr').count(), all);
  await page.context().close();
});

test('a number leads to where it comes from, and its row back to the list', async () => {
  const page = await open(pages.progress);
  const number = page.locator('a.figure').first();
  const printed = (await number.innerText()).replaceAll(',', '').normalize('NFKC');
  await number.click();
  const target = new URL(page.url()).hash;
  const value = await page.locator(`${target} td.number b`).innerText();
  assert.equal(value.replaceAll(',', ''), printed);
  await page.click('text=一覧のこの行へ');
  assert.match(page.url(), /#r\d+-\d+-\d+$/);
  await page.context().close();
});

test('a search finds words of two characters, however wide they are written, and marks them', async () => {
  const page = await open('/');
  await page.fill('#q', '若者');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search?*');
  assert.ok(await page.locator('.hits li').count() > 0);
  assert.ok((await page.locator('.hits mark').allInnerTexts()).every((word) => word.replaceAll(/\s/g, '').includes('若者')));
  await page.context().close();
});

test('the report is there in each format', async () => {
  const page = await open('/');
  const pdf = await page.locator('table.plans a:has-text("PDF")').first().getAttribute('href');
  for (const [ending, type] of [['pdf', /pdf/], ['html', /html/], ['json', /json/]]) {
    const answer = await page.request.get(site.url + pdf.replace(/pdf$/, ending));
    assert.equal(answer.status(), 200, ending);
    assert.match(answer.headers()['content-type'], type);
  }
  await page.context().close();
});

test('the picture of the documents is taken anew where it is asked for', { skip: !process.env.RENKEI_SCREENSHOT }, async () => {
  const page = await open(pages.progress);
  await page.screenshot({ path: path.resolve(here, '../../docs/screenshot.png') });
  await page.context().close();
});
