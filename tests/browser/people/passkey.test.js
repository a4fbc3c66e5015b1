// Passkeys: Chromium's virtual device plays the fingerprint reader. Added on one's own page, in by it, removed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atEachWidth, picture } from '../looks.js';
import { password, siteForTests, sizes } from '../site.js';

/** The same site by its name: a passkey is for a name and never for an IP address. */
let url;

const at = siteForTests({
  signIn: true,
  prepare: async (started) => {
    url = started.url.replace('127.0.0.1', 'localhost');
  },
});

const freshPage = (options = {}) => at.window({ javaScriptEnabled: true, ...options });

/** A device in the page's machine that verifies its owner, or whoever holds it. */
async function withDevice(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
      isUserVerified: true, automaticPresenceSimulation: true,
    },
  });
  return {
    verifies: (isUserVerified) => devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    keys: async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
  };
}

async function signIn(page, login, address = url) {
  await page.goto(`${address}/sign-in?then=%2Fme`);
  await page.locator('#login').fill(login);
  await page.locator('#password').fill(password);
  await page.getByRole('button', { name: 'サインインする' }).click();
  await page.waitForURL(`${address}/me`);
}

async function add(page, name) {
  await page.locator('#passkey-name').fill(name);
  await page.getByRole('button', { name: 'パスキーを追加する' }).click();
}

/** Looks at the page as it is now, with what its script has said. */
async function looksRight(page, name) {
  await atEachWidth(async (size, viewport, check) => {
    await page.setViewportSize(viewport);
    await check(page, `${name} (${size})`);
    await picture(page, `${name}-${size}`);
  });
  await page.setViewportSize(sizes.desktop);
}

const main = (page) => page.locator('main').innerText();

test('a passkey is added, lets its owner in by keyboard alone, and is removed', async () => {
  const page = await freshPage();
  const device = await withDevice(page);
  await signIn(page, 'shi-tanto');
  await looksRight(page, 'passkey-none');
  await add(page, '職場の端末');
  await page.waitForURL(`${url}/me?done=passkey`);
  assert.match(await main(page), /パスキーを追加しました[\s\S]*パスキーの追加[\s\S]*職場の端末[\s\S]*まだ使っていません/);
  const [key] = await device.keys();
  assert.equal(key.rpId, 'localhost');
  assert.ok(key.isResidentCredential, 'it is found without a login name');

  await page.getByRole('button', { name: 'サインアウト' }).click();
  await page.goto(`${url}/agreement`);
  await page.waitForURL(`${url}/sign-in?then=%2Fagreement`);
  await looksRight(page, 'passkey-sign-in');
  await page.getByRole('button', { name: 'パスキーで入る' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/agreement$/);
  await page.goto(`${url}/me`);
  assert.doesNotMatch(await main(page), /まだ使っていません/);

  await page.getByText('名前を変える・削除する').click();
  await looksRight(page, 'passkey-one');
  await page.locator('[id^=name-]').fill('家の端末');
  await page.getByRole('button', { name: '名前を変える' }).click();
  await page.waitForURL(`${url}/me?done=passkey-name`);
  await page.getByText('名前を変える・削除する').click();
  await page.getByRole('button', { name: 'このパスキーを削除する' }).click();
  await page.waitForURL(`${url}/me?done=passkey-off`);
  assert.match(await main(page), /パスキーを削除しました/);

  await page.getByRole('button', { name: 'サインアウト' }).click();
  await page.goto(`${url}/sign-in`);
  assert.equal((await device.keys()).length, 1, 'the device still has its half');
  await page.getByRole('button', { name: 'パスキーで入る' }).click();
  await page.getByText('このパスキーでは入れません').waitFor();
  await looksRight(page, 'passkey-refused');
  await page.goto(`${url}/me`);
  await page.waitForURL(/\/sign-in/);
  assert.deepEqual(page.faults.filter((fault) => !fault.includes('422')), [], 'no policy and no script was broken');
});

test('what goes wrong is said where the button is, and what was typed stays', async () => {
  const page = await freshPage();
  const device = await withDevice(page);
  await signIn(page, 'shi-kessai');
  const alert = page.locator('form[data-passkey] [role=alert]');
  await device.verifies(false);
  await add(page, '職場の端末');
  await alert.getByText('端末での確認が取りやめられたか').waitFor();
  await device.verifies(true);
  await add(page, '職場の端末');
  await page.waitForURL(`${url}/me?done=passkey`);
  await add(page, '同じ端末');
  await alert.getByText('もう追加されています').waitFor();
  assert.equal((await device.keys()).length, 1);

  await page.getByRole('button', { name: 'サインアウト' }).click();
  await page.goto(`${url}/sign-in`);
  await device.verifies(false);
  await page.getByRole('button', { name: 'パスキーで入る' }).click();
  await alert.getByText('端末での確認が取りやめられたか').waitFor();
  await looksRight(page, 'passkey-cancelled');
  await device.verifies(true);
  await page.route('**/sign-in/passkey/options', (route) => route.abort());
  await page.getByRole('button', { name: 'パスキーで入る' }).click();
  await alert.getByText('通信を確かめて').waitFor();
  await page.unroute('**/sign-in/passkey/options');
  await page.getByRole('button', { name: 'パスキーで入る' }).click();
  await page.waitForURL(`${url}/`);
});

test('an answer of a device is taken once, in the browser that was asked', async () => {
  const page = await freshPage();
  await withDevice(page);
  await signIn(page, 'shi-cho');
  await add(page, '職場の端末');
  await page.waitForURL(`${url}/me?done=passkey`);
  await page.getByRole('button', { name: 'サインアウト' }).click();
  await page.goto(`${url}/sign-in`);
  const sent = page.waitForRequest((request) => request.url() === `${url}/sign-in/passkey`);
  await page.getByRole('button', { name: 'パスキーで入る' }).click();
  const body = (await sent).postData();
  await page.waitForURL(`${url}/`);
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
  for (const context of [page.context(), (await freshPage()).context()]) {
    const told = await context.request.post(`${url}/sign-in/passkey`, { headers, data: body, maxRedirects: 0 });
    assert.equal(told.status(), 422);
    assert.match(await told.text(), /もう一度、ボタンを押してください/);
  }
  const elsewhere = { ...headers, 'sec-fetch-site': 'cross-site' };
  const told = await page.request.post(`${url}/sign-in/passkey/options`, { headers: elsewhere, data: '' });
  assert.equal(told.status(), 403);
});

test('without scripts, and by an IP address, both pages say what is there and nothing that is not', async () => {
  const plain = await freshPage({ javaScriptEnabled: false });
  await plain.goto(`${url}/sign-in`);
  assert.doesNotMatch(await main(plain), /パスキー/);
  await signIn(plain, 'shi-jimukyoku');
  assert.match(await main(plain), /追加するには、パスキーに対応したブラウザー/);
  assert.equal(await plain.getByRole('button', { name: 'パスキーを追加する' }).isVisible(), false);
  await picture(plain, 'passkey-without-scripts');

  const numbered = await freshPage();
  await signIn(numbered, 'shi-jimukyoku', at.url);
  assert.match(await main(numbered), /このアドレスではパスキーを使えません/);
  assert.doesNotMatch(await main(numbered), /追加するには/);
  await looksRight(numbered, 'passkey-by-address');
  await numbered.goto(`${at.url}/sign-in`);
  assert.equal(await numbered.getByRole('button', { name: 'パスキーで入る' }).count(), 0);
});
