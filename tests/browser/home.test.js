// The morning of each role: sign in, see what waits, follow the first of it; at two widths, by keyboard, without scripts.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isSound, picture } from './looks.js';
import { sizes, startBrowser, startSite } from './site.js';

const password = 'みどりの丘に朝の光がさす';
/** Who comes, and what their page says to them. */
const people = {
  'shi-jimukyoku': ['確認事項のある取組', '組織'],
  'kyoku-jimukyoku': ['確認事項のある取組', '組織'],
  'shi-tanto': ['あなたを待つもの', '前回から変わったこと'],
  'shi-kessai': ['あなたを待つもの', '前回から変わったこと'],
  'shi-cho': ['あなたを待つもの', '未決の点', '前回から変わったこと'],
  kanri: ['利用者の見守り', '最近のサインイン'],
  iin: ['いま、あなたを待つものはありません', '前回から変わったこと'],
};

let site;
let browser;

before(async () => {
  site = await startSite(['--sign-in', '--password', password]);
  browser = await startBrowser();
});

after(async () => {
  await browser?.stop();
  await site?.stop();
});

/** Somebody who has signed in by keyboard alone. */
async function morning(login, viewport, options = {}) {
  const context = await browser.browser.newContext({ viewport, javaScriptEnabled: false, locale: 'ja-JP', ...options });
  const page = await context.newPage();
  await page.goto(site.url);
  await page.locator('input[name=login]').focus();
  await page.keyboard.type(login);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${site.url}/`);
  return page;
}

for (const [login, sentences] of Object.entries(people)) {
  test(`the morning of ${login}`, async () => {
    for (const [size, viewport] of Object.entries(sizes)) {
      const scripts = { javaScriptEnabled: true, bypassCSP: true };
      const page = await morning(login, viewport, scripts);
      const main = await page.locator('body').innerText();
      for (const sentence of sentences) assert.ok(main.includes(sentence), `${login}: ${sentence}\n${main}`);
      await picture(page, `morning-${login}-${size}`);
      await isSound(page, `${login} (${size})`);
      await page.context().close();
    }
    const page = await morning(login, sizes.desktop);
    const first = page.locator('section[aria-labelledby=mine] li a').first();
    if (await first.count()) {
      await first.focus();
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname !== '/');
      assert.ok(await page.locator('h1').first().isVisible());
    }
    await page.context().close();
  });
}

/** All who can sign in to the demo. */
const accounts = ['shi', 'kyoku'].flatMap((side) => ['jimukyoku', 'tanto', 'tanto2', 'kessai', 'cho', 'etsuran'].map((post) => `${side}-${post}`));

test('the rows that home counts are the rows that its link shows, for everybody', async () => {
  let followed = 0;
  for (const login of [...accounts, 'iin', 'kanri']) {
    const page = await morning(login, sizes.desktop);
    const counted = await page.locator('section[aria-labelledby=mine] ul.imported > li > p').evaluateAll((lines) => lines
      .filter((line) => line.querySelector('.count') && line.querySelector('a'))
      .map((line) => ({ said: line.querySelector('.count').innerText, to: line.querySelector('a').getAttribute('href') })));
    for (const { said, to } of counted.filter((line) => line.to.includes('state='))) {
      await page.goto(site.url + to);
      assert.equal(await page.locator('table.rows tbody tr').count(), Number(said), `${login} ${to}`);
      followed += 1;
    }
    await page.context().close();
  }
  assert.ok(followed >= 6, `${followed} links`);
});

test('somebody who was invited by a list finds whom to ask until the first day', async () => {
  const page = await morning('kanri', sizes.desktop);
  await page.goto(`${site.url}/people`);
  const held = await page.locator('td:nth-child(3) div').first().innerText();
  const [party, division, post] = held.split(' ');
  await page.goto(`${site.url}/people/import`);
  await page.locator('#party').selectOption({ label: party });
  const list = `課名,職名,氏名,利用者ID,着任日\n${division},${post},新人 はな,shinjin,2100-04-01\n`;
  await page.locator('#file').setInputFiles({ name: '職員.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
  await page.locator('button[value=try]').focus();
  await page.keyboard.press('Enter');
  await page.locator('button[value=record]').focus();
  await page.keyboard.press('Enter');
  await page.locator('.slip').waitFor();
  assert.equal(await page.locator('.slip').count(), 1);
  const address = await page.locator('.slip code').first().innerText();
  await page.context().close();
  for (const [size, viewport] of Object.entries(sizes)) {
    const context = await browser.browser.newContext({ viewport, locale: 'ja-JP', bypassCSP: true });
    const own = await context.newPage();
    if (size === 'desktop') {
      await own.goto(address);
      await own.locator('[name=password]').fill(password);
      await own.locator('[name=again]').fill(password);
      await own.keyboard.press('Enter');
      await own.waitForURL((url) => url.pathname === '/me');
    } else {
      await own.goto(site.url);
      await own.locator('input[name=login]').fill('shinjin');
      await own.locator('input[name=password]').fill(password);
      await own.keyboard.press('Enter');
      await own.waitForURL(`${site.url}/`);
    }
    await own.goto(site.url);
    const text = await own.locator('main').innerText();
    assert.ok(text.includes('今日就いている職がありません') && text.includes('2100-04-01'), text);
    await picture(own, `no-post-${size}`);
    await isSound(own, size);
    await context.close();
  }
});
