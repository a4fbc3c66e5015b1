// People come and go: the administrator adds somebody and hands them a printed number; they choose a password, turn on codes, sign
// in with both, and end their sessions elsewhere. By keyboard, without scripts, at both widths.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { isSound, picture } from './looks.js';
import { sizes, startBrowser, startSite } from './site.js';

const password = 'みどりの丘に朝の光がさす';
const chosen = '谷間のさくらは四月に咲く';

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

const open = async (options = {}) => {
  const context = await browser.browser.newContext({ viewport: sizes.desktop, javaScriptEnabled: false, locale: 'ja-JP', ...options });
  return context.newPage();
};

async function signIn(page, login, secret) {
  await page.goto(`${site.url}/sign-in`);
  await page.locator('input[name=login]').focus();
  await page.keyboard.type(login);
  await page.keyboard.press('Tab');
  await page.keyboard.type(secret);
  const answered = page.waitForNavigation();
  await page.keyboard.press('Enter');
  await answered;
}

/** The page as it stands, at both widths: nothing sticks out, axe finds nothing. */
async function look(page, name) {
  const cookies = await page.context().cookies();
  for (const [size, viewport] of Object.entries(sizes)) {
    const other = await open({ viewport, javaScriptEnabled: true, bypassCSP: true });
    await other.context().addCookies(cookies);
    await other.goto(page.url());
    await picture(other, `${name}-${size}`);
    await isSound(other, `${name} (${size})`);
    await other.context().close();
  }
}

/** What a person's device shows: the code of this half minute (RFC 6238). */
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
  const administrator = await open();
  await signIn(administrator, 'kanri', password);
  await administrator.goto(`${site.url}/people`);
  await look(administrator, 'people');
  await administrator.locator('input[name=login]').fill('shi-atarashi');
  await administrator.locator('input[name=name]').fill('見本 あたらし');
  await administrator.getByRole('button', { name: '登録する', exact: true }).click();
  await administrator.waitForURL(/\/people\/.+/);
  const person = administrator.url();
  await look(administrator, 'person');
  await administrator.getByRole('button', { name: '招待のリンクを作る' }).click();
  await administrator.getByText('二度と表示しません').waitFor();
  await picture(administrator, 'handed-link-desktop', false);
  const number = await administrator.locator('dl.pairs code').nth(1).innerText();
  await administrator.getByRole('link', { name: '利用者に戻る' }).click();
  await administrator.locator('select[name=post]').selectOption({ index: 0 });
  await administrator.getByRole('button', { name: '任命する' }).click();
  await administrator.getByText('変更しました。').waitFor();

  const page = await open();
  await page.goto(`${site.url}/links`);
  await look(page, 'links');
  await page.locator('main input[type=text], main input:not([type])').first().fill(number);
  await page.keyboard.press('Enter');
  await page.locator('input[name=password]').waitFor();
  await look(page, 'choose-password');
  await page.locator('input[name=password]').fill('みじかい');
  await page.locator('input[name=again]').fill('みじかい');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').innerText(), /12文字/);
  await page.locator('input[name=password]').fill(chosen);
  await page.locator('input[name=again]').fill(chosen);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${site.url}/me?done=welcome`);
  await look(page, 'me');
  const key = (await page.locator('main').innerText()).match(/[A-Z2-7]{4}(?: ?[A-Z2-7]{4}){5,}/)[0];
  await page.locator('form[action="/me/one-time"] input[name=code]').fill(code(key));
  await page.keyboard.press('Enter');
  await page.waitForURL(/done=one-time/);

  const second = await open();
  await signIn(second, 'shi-atarashi', 'ちがうあいことばをいれてみる');
  assert.ok(await second.getByRole('alert').innerText());
  await signIn(second, 'shi-atarashi', chosen);
  await second.waitForURL(/\/sign-in\/code/);
  await look(second, 'sign-in-code');
  await second.locator('input[name=code]').fill('000000');
  await second.keyboard.press('Enter');
  assert.ok(await second.getByRole('alert').innerText());
  await second.locator('input[name=code]').fill(code(key, 1));
  await second.keyboard.press('Enter');
  await second.waitForURL(`${site.url}/`);
  await second.goto(`${site.url}/me`);
  await second.getByRole('button', { name: /ほか.*サインアウト|ほか.*終える/ }).first().click();
  await page.goto(`${site.url}/agreement`);
  assert.match(page.url(), /\/sign-in/, 'the other session has ended');

  await administrator.goto(person);
  await administrator.getByRole('button', { name: /利用を止める/ }).click();
  await second.goto(`${site.url}/agreement`);
  assert.match(second.url(), /\/sign-in/, 'a closed account is out at once');
  await administrator.goto(`${site.url}/people/log`);
  await look(administrator, 'people-log');
  assert.match(await administrator.locator('main').innerText(), /shi-atarashi/);
});
