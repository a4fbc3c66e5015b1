// The morning of each role: sign in, see what waits, follow the first of it; at two widths, by keyboard, without scripts.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { siteForTests } from './site.js';

/** The people by login name, with sentences of their home page. */
const people = {
  'shi-jimukyoku': ['確認事項のある取組', '組織'],
  'kyoku-jimukyoku': ['確認事項のある取組', '組織'],
  'shi-tanto': ['あなたを待つもの', '前回から変わったこと'],
  'shi-kessai': ['あなたを待つもの', '前回から変わったこと'],
  'shi-cho': ['あなたを待つもの', '未決の点', '前回から変わったこと'],
  kanri: ['利用者の見守り', '最近のサインイン'],
  iin: ['いま、あなたを待つものはありません', '前回から変わったこと'],
};

const at = siteForTests({ signIn: true });

for (const [login, sentences] of Object.entries(people)) {
  test(`the morning of ${login}`, async () => {
    const page = await at.signIn(login);
    const main = await page.locator('body').innerText();
    for (const sentence of sentences) assert.ok(main.includes(sentence), `${login}: ${sentence}\n${main}`);
    await at.look(page, `morning-${login}`);
    const first = page.locator('section[aria-labelledby=mine] li a').first();
    if (await first.count()) {
      await first.focus();
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname !== '/');
      assert.ok(await page.locator('h1').first().isVisible());
    }
  });
}

/** All who can sign in to the sample. */
const posts = ['jimukyoku', 'tanto', 'tanto2', 'kessai', 'cho', 'etsuran'];
const accounts = [...['shi', 'kyoku'].flatMap((side) => posts.map((post) => `${side}-${post}`)), 'iin', 'kanri'];

test('the rows that home counts are the rows that its link shows, for everybody', async () => {
  let followed = 0;
  for (const login of accounts) {
    const page = await at.signIn(login);
    const counted = await page.locator('section[aria-labelledby=mine] ul.imported > li > p').evaluateAll((lines) => lines
      .filter((line) => line.querySelector('.count') && line.querySelector('a'))
      .map((line) => ({ said: line.querySelector('.count').innerText, to: line.querySelector('a').getAttribute('href') })));
    for (const { said, to } of counted.filter((line) => line.to.includes('state='))) {
      await page.goto(at.url + to);
      assert.equal(await page.locator('table.rows tbody tr').count(), Number(said), `${login} ${to}`);
      followed += 1;
    }
    await page.context().close();
  }
  assert.ok(followed >= 6, `${followed} links`);
});
