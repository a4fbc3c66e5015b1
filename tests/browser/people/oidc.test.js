// In by an OpenID Connect issuer: oidc-provider on the loopback address plays the organisation's own server.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import Provider from 'oidc-provider';
import { enter, follow, password, siteForTests, sizes } from '../site.js';

const secret = 'issuer-and-renkei-alone-know-this';

let issuer;
let folder;
/** The parameter that the issuer receives with another value, during one journey. */
let forge = null;

/** A server on a free port, and its address. */
async function listening(handler) {
  const server = createServer(handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, address: `http://127.0.0.1:${server.address().port}` };
}

async function startIssuer(siteAddress) {
  let answer = (_, response) => response.end();
  const { server, address } = await listening((request, response) => answer(request, response));
  const provider = new Provider(address, {
    clients: [{
      client_id: 'renkei', client_secret: secret, redirect_uris: [`${siteAddress}/sign-in/oidc/back`],
      response_types: ['code'], grant_types: ['authorization_code'], token_endpoint_auth_method: 'client_secret_basic',
    }],
    cookies: { keys: ['loopback'] },
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['name'] },
    conformIdTokenClaims: false,
    findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, name: `外部の${id}` }) }),
  });
  // An answer that belongs to another journey than the one it is given in.
  provider.use(async (context, next) => {
    if (forge && context.path === '/auth' && context.query[forge]) {
      context.query = { ...context.query, [forge]: 'of-another-journey' };
    }
    await next();
  });
  answer = provider.callback();
  return { address, stop: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }) };
}

/** Starts the issuer for the site's address, and returns the arguments that name the issuer. */
async function withIssuer() {
  const free = await listening(() => {});
  const { port } = free.server.address();
  await new Promise((resolve) => free.server.close(resolve));
  issuer = await startIssuer(`http://127.0.0.1:${port}`);
  folder = await mkdtemp(path.join(tmpdir(), 'renkei-oidc-'));
  await writeFile(path.join(folder, 'secret'), `${secret}\n`, { mode: 0o600 });
  return [
    '--listen', `127.0.0.1:${port}`,
    '--oidc-issuer', issuer.address, '--oidc-client', 'renkei', '--oidc-secret-file', path.join(folder, 'secret'),
    '--oidc-label', '庁内認証',
  ];
}

const at = siteForTests({ signIn: true, more: withIssuer });

after(async () => {
  await issuer?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const freshPage = (viewport = sizes.desktop) => at.window({ viewport, javaScriptEnabled: true });

/** From our page to the issuer, in there, and back. */
async function journey(page, who) {
  await page.goto(`${at.url}/sign-in`);
  await page.getByRole('link', { name: '庁内認証でサインインする' }).click();
  await throughIssuer(page, who);
}

/** A journey in which the issuer gives back another `what` than it was told. */
async function forged(what, journey) {
  forge = what;
  try {
    await journey();
  } finally {
    forge = null;
  }
}

async function throughIssuer(page, who) {
  const login = page.locator('input[name=login]');
  if (page.url().startsWith(issuer.address) && await login.count()) {
    await login.fill(who);
    await page.locator('input[name=password]').fill('x');
    await page.getByRole('button', { name: 'Sign-in' }).click();
  }
  const consent = page.getByRole('button', { name: 'Continue' });
  if (page.url().startsWith(issuer.address) && await consent.count()) await consent.click();
}

async function signIn(page, login) {
  await page.locator('#login').fill(login);
  await page.locator('#password').fill(password);
  await page.getByRole('button', { name: 'サインインする' }).click();
}

test('somebody of the issuer is bound to an account by whoever signs in to it, and comes in that way from then on', async () => {
  const page = await freshPage();
  await journey(page, 'tanaka');
  assert.match(page.url(), /\/sign-in\?then=%2Fme%2Foutside$/);
  assert.match(await page.locator('main').innerText(), /外部のtanakaは、まだ利用者と結び付けられていません/);
  await at.look(page, 'oidc-unbound');
  await signIn(page, 'shi-tanto');
  assert.match(page.url(), /\/me\/outside$/);
  await at.look(page, 'oidc-bind');
  await page.getByRole('button', { name: '結び付ける' }).click();
  assert.match(await page.locator('main').innerText(), /外部認証を結び付けました/);

  const another = await freshPage(sizes.phone);
  await journey(another, 'tanaka');
  assert.equal(another.url(), `${at.url}/`, 'in without a password');
  await another.goto(`${at.url}/me`);
  await another.getByRole('link', { name: '庁内認証との結び付け' }).click();
  await another.waitForURL(`${at.url}/me/outside`);
  assert.match(await another.locator('main').innerText(), /外部のtanakaと結び付けられています/);
  await at.look(another, 'oidc-bound');
  await another.getByRole('button', { name: '結び付けを外す' }).click();
  assert.match(await another.locator('main').innerText(), /本人であることを確かめます/, 'the issuer may only have known the browser');
  await at.look(another, 'oidc-proof', { address: `${at.url}/me/proof` });
  await another.getByRole('link', { name: '庁内認証で確かめて続ける' }).click();
  assert.ok(another.url().startsWith(issuer.address), 'the issuer asks again though it knows the browser');
  await throughIssuer(another, 'tanaka');
  await another.waitForURL(/\/unsent\//);
  await another.getByRole('button', { name: 'もう一度送る' }).click();
  assert.match(await another.locator('main').innerText(), /結び付けを外しました/);
  await another.goto(at.url);
  assert.match(await another.locator('main').innerText(), /認証手段が変わりました[\s\S]*外部認証の結び付けの取りやめ/);
});

test('somebody of the issuer whom nobody knows gets no account', async () => {
  const page = await freshPage();
  await journey(page, 'stranger');
  await page.goto(`${at.url}/`);
  assert.match(page.url(), /\/sign-in/);
});

test('a callback is taken once, in the browser that was sent, with its own state', async () => {
  const page = await freshPage();
  const callbacks = [];
  page.on('request', (request) => {
    if (request.url().includes('/sign-in/oidc/back')) callbacks.push(request.url());
  });
  await journey(page, 'suzuki');
  const [callback] = callbacks;
  assert.match(callback, /code=.+state=|state=.+code=/);
  for (const where of [page, await freshPage()]) {
    const answered = await where.goto(callback);
    assert.equal(answered.status(), 403, 'a second time, or in another browser');
    assert.match(await where.locator('main').innerText(), /この外部認証は使えません/);
  }
  await at.look(page, 'oidc-spent');
  const other = await freshPage();
  await forged('state', () => journey(other, 'sato'));
  assert.match(await other.locator('main').innerText(), /この外部認証は使えません/, 'another state');
});

test('an answer with another nonce is not believed', async () => {
  const page = await freshPage();
  await forged('nonce', () => journey(page, 'kato'));
  assert.match(await page.locator('main').innerText(), /外部認証の結果を確かめられませんでした/);
});

test('whoever gives up at the issuer is told what to do', async () => {
  const page = await freshPage();
  await page.goto(`${at.url}/sign-in/oidc`);
  await page.getByRole('link', { name: 'Cancel' }).click();
  assert.match(await page.locator('main').innerText(), /外部認証は取りやめられました/);
});

/** A session in which the person has not proved who they are, as whoever finds an unlocked computer has it: the issuer only knew
 * the browser. */
async function borrowedSession(login, who) {
  const own = await freshPage();
  await journey(own, who);
  await signIn(own, login);
  await own.getByRole('button', { name: '結び付ける' }).click();
  await own.goto(`${at.url}/me`);
  await follow(own, own.getByRole('button', { name: '心当たりがある' }).click());
  const page = await freshPage();
  await journey(page, who);
  assert.equal(page.url(), `${at.url}/`);
  return page;
}

test('whoever borrows the session of a clerk cannot add a way in, and the clerk can', async () => {
  const main = (page) => page.locator('main').innerText();
  const chosen = '谷間のさくらは四月に咲く';
  const page = await borrowedSession('shi-tanto', 'watanabe');
  await page.goto(`${at.url}/me`);
  const ways = () => page.locator('table[aria-labelledby=credentials] tbody tr').count();
  const before = await ways();
  assert.match(await main(page), /認証手段[\s\S]*変えるときは、本人であることを確かめます/);
  await at.look(page, 'me-without-proof');
  await follow(page, page.getByRole('link', { name: 'ワンタイムコードを登録する' }).click());
  assert.match(await main(page), /本人の確認/);
  assert.doesNotMatch(await main(page), /[A-Z2-7]{4} [A-Z2-7]{4}/, 'no key is shown');
  await at.look(page, 'proof');
  await page.locator('#now').fill('ちがうあいことばをいれてみる');
  await follow(page, page.keyboard.press('Enter'));
  assert.match(await page.locator('main [role=alert]').first().innerText(), /今のパスワードが違います/);
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
  for (const [address, fields] of [
    ['/me/one-time', { code: '000000' }],
    ['/me/password', { now: '', password: chosen, again: chosen }],
    ['/me/passkeys', { name: 'ほかの人の端末', answer: '{}' }],
    ['/me/outside', { do: 'bind' }],
  ]) {
    const data = new URLSearchParams(fields).toString();
    const told = await page.request.post(at.url + address, { headers, data, maxRedirects: 0 });
    assert.equal(told.status(), 422, address);
    assert.match(await told.text(), /本人/, address);
  }
  await page.goto(`${at.url}/me`);
  assert.equal(await ways(), before, 'as before');
  assert.doesNotMatch(await main(page), /認証手段が変わりました/);

  // The clerk is back, and proves who they are on the page that asks for it; without scripts.
  const clerk = await at.window();
  await clerk.context().addCookies(await page.context().cookies());
  await clerk.goto(`${at.url}/me/one-time`);
  await clerk.locator('#now').fill(password);
  await follow(clerk, clerk.keyboard.press('Enter'));
  assert.equal(clerk.url(), `${at.url}/me/one-time`);
  assert.match(await main(clerk), /[A-Z2-7]{4} [A-Z2-7]{4}/);
  await clerk.goto(`${at.url}/me`);
  await clerk.locator('#password').fill(chosen);
  await clerk.locator('#again').fill(chosen);
  await follow(clerk, clerk.keyboard.press('Enter'));
  assert.equal(clerk.url(), `${at.url}/me?done=password`);

  // The change is told until the owner says that they expected it.
  const other = await at.window();
  await enter(other, `${at.url}/sign-in`, 'shi-tanto', chosen);
  assert.match(await main(other), /認証手段が変わりました[\s\S]*パスワードの変更/);
  await at.look(other, 'notice');
  await follow(other, other.getByRole('button', { name: /心当たりがある/ }).click());
  await other.goto(`${at.url}/`);
  assert.doesNotMatch(await main(other), /認証手段が変わりました/);
  await follow(other, other.getByRole('button', { name: 'English' }).click());
  await other.goto(`${at.url}/me`);
  assert.match(await main(other), /Ways to sign in[\s\S]*Last used/);
  await other.goto(`${at.url}/me/proof`);
  assert.match(await main(other), /Prove who you are/);
});
