// People come and go: the administrator adds somebody and hands them a printed number; they choose a password, turn on codes, sign
// in with both, and end their sessions elsewhere. By keyboard, without scripts, at both widths.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { picture } from '../looks.js';
import { enter, follow, siteForTests } from '../site.js';

const chosen = '谷間のさくらは四月に咲く';

const at = siteForTests({ signIn: true });

/** Returns the code that a person's device shows in this half minute (RFC 6238), or in one so many half minutes later. */
function code(key, offset = 0) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...key.replace(/[^A-Z2-7]/g, '')].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
  const bytes = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + offset));
  const hash = createHmac('sha1', bytes).update(counter).digest();
  const at = hash[hash.length - 1] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}

test('somebody new is added, invited on paper, and signs in with a password of their own and a code', async () => {
  const administrator = await at.signIn('kanri');
  await administrator.goto(`${at.url}/people`);
  await at.look(administrator, 'people');
  await administrator.locator('input[name=login]').fill('shi-atarashi');
  await administrator.locator('input[name=name]').fill('見本 あたらし');
  await administrator.getByRole('button', { name: '登録する', exact: true }).click();
  await administrator.waitForURL(/\/people\/.+/);
  const person = administrator.url();
  await at.look(administrator, 'person');
  await administrator.getByRole('button', { name: '招待のリンクを作る' }).click();
  await administrator.getByText('二度と表示しません').waitFor();
  await picture(administrator, 'handed-link-desktop', false);
  const number = await administrator.locator('dl.pairs code').nth(1).innerText();
  await administrator.getByRole('link', { name: '利用者に戻る' }).click();
  await administrator.locator('select[name=post]').selectOption({ index: 0 });
  await administrator.getByRole('button', { name: '任命する' }).click();
  await administrator.getByText('変更しました。').waitFor();

  const page = await at.window();
  await page.goto(`${at.url}/links`);
  await at.look(page, 'links');
  await page.locator('main input[type=text], main input:not([type])').first().fill(number);
  await page.keyboard.press('Enter');
  await page.locator('input[name=password]').waitFor();
  await at.look(page, 'choose-password');
  await page.locator('input[name=password]').fill('みじかい');
  await page.locator('input[name=again]').fill('みじかい');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').innerText(), /12文字/);
  await page.locator('input[name=password]').fill(chosen);
  await page.locator('input[name=again]').fill(chosen);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${at.url}/me?done=welcome`);
  await at.look(page, 'me');
  await follow(page, page.getByRole('link', { name: 'ワンタイムコードを登録する' }).click());
  await at.look(page, 'one-time');
  const key = (await page.locator('main').innerText()).match(/[A-Z2-7]{4}(?: ?[A-Z2-7]{4}){5,}/)[0];
  await page.locator('form[action="/me/one-time"] input[name=code]').fill(code(key));
  await page.keyboard.press('Enter');
  await page.waitForURL(/done=one-time/);

  const second = await at.window();
  await enter(second, `${at.url}/sign-in`, 'shi-atarashi', 'ちがうあいことばをいれてみる');
  assert.ok(await second.getByRole('alert').innerText());
  await enter(second, `${at.url}/sign-in`, 'shi-atarashi', chosen);
  await second.waitForURL(/\/sign-in\/code/);
  await at.look(second, 'sign-in-code');
  await second.locator('input[name=code]').fill('000000');
  await second.keyboard.press('Enter');
  assert.ok(await second.getByRole('alert').innerText());
  await second.locator('input[name=code]').fill(code(key, 1));
  await second.keyboard.press('Enter');
  await second.waitForURL(`${at.url}/`);
  await second.goto(`${at.url}/me`);
  await follow(second, second.getByRole('button', { name: /ほか.*サインアウト|ほか.*終える/ }).first().click());
  await page.goto(`${at.url}/agreement`);
  assert.match(page.url(), /\/sign-in/, 'the other session has ended');

  await administrator.goto(person);
  await follow(administrator, administrator.getByRole('button', { name: /利用を止める/ }).click());
  await second.goto(`${at.url}/agreement`);
  assert.match(second.url(), /\/sign-in/, 'a closed account is out at once');
  await administrator.goto(`${at.url}/people/log`);
  await at.look(administrator, 'people-log');
  assert.match(await administrator.locator('main').innerText(), /shi-atarashi/);
});

test('somebody who was invited by a list finds whom to ask until the first day', async () => {
  const page = await at.signIn('kanri');
  await page.goto(`${at.url}/people`);
  const held = await page.locator('td:nth-child(3) div').first().innerText();
  const [party, division, post] = held.split(' ');
  await page.goto(`${at.url}/people/import`);
  await page.locator('#party').selectOption({ label: party });
  const list = `課名,職名,氏名,利用者ID,着任日\n${division},${post},新人 はな,shinjin,2100-04-01\n`;
  await page.locator('#file').setInputFiles({ name: '職員.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
  for (const deed of ['try', 'record']) {
    await page.locator(`button[value=${deed}]`).focus();
    await follow(page, page.keyboard.press('Enter'));
  }
  assert.equal(await page.locator('.slip').count(), 1);
  const address = await page.locator('.slip code').first().innerText();
  const own = await at.window();
  await own.goto(address);
  await own.locator('[name=password]').fill(chosen);
  await own.locator('[name=again]').fill(chosen);
  await own.keyboard.press('Enter');
  await own.waitForURL((url) => url.pathname === '/me');
  await own.goto(at.url);
  const text = await own.locator('main').innerText();
  assert.ok(text.includes('今日就いている職がありません') && text.includes('2100-04-01'), text);
  await at.look(own, 'no-post');
  const again = await at.window();
  await enter(again, `${at.url}/sign-in`, 'shinjin', chosen);
  assert.equal(again.url(), `${at.url}/`);
});
