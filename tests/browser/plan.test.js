// A year's plan written by two sides: opened, edited where the rows stand, ordered by keyboard and by dragging, kept while it is
// typed, merged where two people write, suggested by the other side; the same by plain forms where no script runs.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isSound, picture } from './looks.js';
import { sizes, startBrowser, startSite } from './site.js';

const password = 'みどりの丘に朝の光がさす';

let site;
let browser;
let plan;

before(async () => {
  site = await startSite(['--sign-in', '--password', password]);
  browser = await startBrowser();
});

after(async () => {
  await browser?.stop();
  await site?.stop();
});

async function signIn(login, options = {}) {
  const context = await browser.browser.newContext({ viewport: sizes.desktop, locale: 'ja-JP', ...options });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (fault) => faults.push(String(fault)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|422)/.test(message.text())) faults.push(message.text());
  });
  await page.goto(site.url);
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${site.url}/`);
  return { page, faults, close: () => context.close() };
}

/** Looks at a page at both widths: nothing sticks out, axe finds nothing. A page of its own, so that scripts of axe may run. */
async function look(login, address, name) {
  for (const [size, viewport] of Object.entries(sizes)) {
    const { page, close } = await signIn(login, { viewport, bypassCSP: true });
    await page.goto(site.url + address);
    await picture(page, `${name}-${size}`, false);
    await isSound(page, `${name} (${size})`);
    await close();
  }
}

const texts = (page) => page.locator('tr[data-move] .c-text').evaluateAll((cells) => cells.map((cell) => cell.querySelector('p')?.textContent.trim()));
const rows = (page) => page.locator('tr[data-move]');

test('the plan is opened with last year’s rows as drafts of each side', async () => {
  await look('shi-jimukyoku', '/plans', 'plans');
  const { page, close } = await signIn('shi-jimukyoku', { javaScriptEnabled: false });
  await page.goto(`${site.url}/plans`);
  await page.getByRole('button', { name: '計画を始める' }).click();
  plan = new URL(page.url()).pathname;
  assert.match(plan, /^\/plans\/\d+\/plan$/);
  assert.ok((await rows(page).count()) > 20);
  await close();
  const other = await signIn('kyoku-jimukyoku', { javaScriptEnabled: false });
  await other.page.goto(site.url + plan);
  assert.equal(await rows(other.page).count(), 0, 'drafts of the city are not shown');
  await other.page.getByRole('button', { name: /取組を引き継ぐ/ }).click();
  assert.ok((await rows(other.page).count()) > 20);
  await other.close();
  await look('shi-jimukyoku', plan, 'draft');
});

test('a row is edited where it stands, and the page follows', async () => {
  const { page, faults, close } = await signIn('shi-jimukyoku');
  await page.goto(site.url + plan);
  const row = rows(page).nth(2);
  const id = await row.getAttribute('data-row');
  await row.locator('.edit-row').focus();
  await page.keyboard.press('Enter');
  const place = page.locator('.row-in-place');
  await place.locator('textarea[name=text]').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.name), 'text', 'the text has the focus');
  await picture(page, 'draft-in-place-desktop', false);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('その場で書き直した取組を行う。');
  await place.getByRole('button', { name: '保存する' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('保存しました。').waitFor();
  assert.equal(await page.locator(`tr[data-row="${id}"] .c-text p`).first().textContent(), 'その場で書き直した取組を行う。');
  assert.equal(await page.evaluate(() => document.activeElement.closest('tr')?.dataset.row), id, 'the focus is at the row');
  assert.equal(new URL(page.url()).pathname, plan);
  await page.locator(`tr[data-row="${id}"] .edit-row`).click();
  await place.locator('textarea[name=text]').fill(' ');
  await place.getByRole('button', { name: '保存する' }).click();
  await place.getByRole('alert').waitFor();
  assert.match(await place.getByRole('alert').textContent(), /取組内容が空です/);
  await page.keyboard.press('Escape');
  assert.equal(await place.count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.closest('tr')?.dataset.row), id);
  assert.deepEqual(faults, []);
  await close();
});

test('what is typed is kept, comes back after the window is closed, and can be discarded', async () => {
  const first = await signIn('shi-jimukyoku');
  await first.page.goto(site.url + plan);
  const edit = await rows(first.page).nth(4).locator('.edit-row').getAttribute('href');
  await first.page.goto(site.url + edit);
  const before = await first.page.locator('textarea[name=text]').inputValue();
  await first.page.locator('textarea[name=text]').fill('書きかけの文');
  await first.page.locator('.typing[data-state=kept]').waitFor();
  assert.match(await first.page.locator('.typing').textContent(), /一時保存しました.*まだ保存していません/);
  await first.close();
  const { page, faults, close } = await signIn('shi-jimukyoku');
  await page.goto(site.url + edit);
  assert.equal(await page.locator('textarea[name=text]').inputValue(), '書きかけの文');
  await picture(page, 'typing-kept-desktop', false);
  await page.getByRole('button', { name: 'この入力を捨てる' }).click();
  assert.equal(await page.locator('textarea[name=text]').inputValue(), before);
  assert.deepEqual(faults, []);
  await close();
  await look('shi-jimukyoku', edit, 'row-edit');
});

test('a lost line is said, and what was typed is kept once it is back', async () => {
  const { page, close } = await signIn('shi-jimukyoku');
  await page.goto(site.url + plan);
  await page.goto(site.url + (await rows(page).nth(5).locator('.edit-row').getAttribute('href')));
  await page.context().setOffline(true);
  await page.locator('textarea[name=text]').fill('つながらない間の文');
  await page.locator('.typing[data-state=lost]').waitFor();
  assert.match(await page.locator('.typing').textContent(), /一時保存できていません/);
  await page.getByRole('button', { name: '保存する' }).click();
  await page.waitForTimeout(500);
  assert.equal(await page.locator('textarea[name=text]').inputValue(), 'つながらない間の文', 'the form stays');
  await page.context().setOffline(false);
  await page.locator('.typing[data-state=kept]').waitFor({ timeout: 15000 });
  await page.context().clearCookies();
  await page.locator('textarea[name=text]').fill('サインインが切れた後の文');
  await page.getByText('サインインの時間が切れました').waitFor();
  await close();
});

test('where the line is down a row in place stays open, and is saved once it is back', async () => {
  const { page, close } = await signIn('shi-jimukyoku');
  await page.goto(site.url + plan);
  await rows(page).nth(6).locator('.edit-row').click();
  const place = page.locator('.row-in-place');
  await place.locator('textarea[name=text]').waitFor();
  await page.context().setOffline(true);
  await place.locator('textarea[name=text]').fill('つながらない間に保存を押した文を書く。');
  await place.getByRole('button', { name: '保存する' }).click();
  await place.locator('.typing[data-state=lost]').waitFor();
  await rows(page).nth(8).locator('.edit-row').click();
  await page.waitForTimeout(300);
  assert.equal(await place.locator('textarea[name=text]').inputValue(), 'つながらない間に保存を押した文を書く。');
  await page.context().setOffline(false);
  await place.locator('.typing[data-state=kept]').waitFor({ timeout: 15000 });
  await place.getByRole('button', { name: '保存する' }).click();
  await page.getByText('保存しました。', { exact: true }).waitFor();
  assert.ok((await texts(page)).includes('つながらない間に保存を押した文を書く。'));
  await close();
});

test('two people at one row see each other, merge, and are shown where they overlap', async () => {
  const [one, two] = [await signIn('shi-jimukyoku'), await signIn('shi-tanto')];
  await two.page.goto(site.url + plan);
  const edit = await rows(two.page).first().locator('.edit-row').getAttribute('href');
  const text = (page) => page.locator('textarea[name=text]');
  await one.page.goto(site.url + edit);
  await two.page.goto(site.url + edit);
  assert.match(await two.page.locator('#typing-kept').textContent(), /もこの画面を開いています/);
  const was = await text(one.page).inputValue();
  await text(one.page).fill(`新たに、${was}`);
  await one.page.locator('.beside-now li').waitFor();
  assert.match(await one.page.locator('.beside-now').textContent(), /もこの画面を開いています/);
  await one.page.getByRole('button', { name: '保存する' }).click();
  await one.page.waitForURL((url) => url.pathname === plan);
  await text(two.page).fill(`${was}また、その結果を公表する。`);
  await two.page.getByText('ほかの人がこの取組を保存しました').waitFor();
  await two.page.getByRole('button', { name: '保存する' }).click();
  await two.page.waitForURL((url) => url.pathname === plan);
  await two.page.goto(site.url + edit);
  assert.equal(await text(two.page).inputValue(), `新たに、${was}また、その結果を公表する。`);
  await one.page.goto(site.url + edit);
  await text(one.page).fill('一人目の文');
  await text(two.page).fill('二人目の文');
  await one.page.getByRole('button', { name: '保存する' }).click();
  await one.page.waitForURL((url) => url.pathname === plan);
  await two.page.getByRole('button', { name: '保存する' }).click();
  await two.page.getByText('ほかの人が同じところを先に保存しました').waitFor();
  assert.equal(await text(two.page).inputValue(), '二人目の文');
  await picture(two.page, 'conflict-desktop');
  await two.page.getByRole('button', { name: '保存する' }).click();
  await two.page.waitForURL((url) => url.pathname === plan);
  await one.close();
  await two.close();
});

test('rows are ordered by keyboard and by dragging', async () => {
  const { page, faults, close } = await signIn('shi-jimukyoku');
  await page.goto(site.url + plan);
  const section = page.locator('[data-section]').filter({ has: page.locator('tr[data-move]:nth-child(3)') }).first();
  const order = () => section.locator('tr[data-row]').evaluateAll((found) => found.map((row) => row.dataset.row));
  const before = await order();
  const second = section.locator(`tr[data-row="${before[1]}"]`);
  await second.locator('.move-up').focus();
  await page.keyboard.press('Enter');
  await page.getByText('移しました。').waitFor();
  assert.deepEqual(await order(), [before[1], before[0], ...before.slice(2)]);
  assert.equal(await page.evaluate(() => document.activeElement.closest('tr')?.dataset.row), before[1]);
  const marks = await section.locator('tr[data-row] .c-number a').allTextContents();
  assert.deepEqual(marks.slice(0, 3), ['①', '②', '③'], 'numbers follow');
  await section.locator(`tr[data-row="${before[2]}"] .edit-row`).click();
  await page.locator('.row-in-place textarea[name=text]').fill('並べ替えの間も残る文');
  await section.locator(`tr[data-row="${before[0]}"] .move-up`).click();
  await page.waitForFunction((id) => document.querySelector(`tr[data-row="${id}"]`).matches(':first-child'), before[0]);
  await page.locator('.row-in-place').getByText('まだ保存していないものを表示しています').waitFor();
  assert.equal(await page.locator('.row-in-place textarea[name=text]').inputValue(), '並べ替えの間も残る文');
  await page.locator('.row-in-place').getByRole('button', { name: 'この入力を捨てる' }).click();
  await page.waitForFunction(() => !document.querySelector('.row-in-place #typing-kept form'));
  assert.notEqual(await page.locator('.row-in-place textarea[name=text]').inputValue(), '並べ替えの間も残る文');
  await page.keyboard.press('Escape');
  await section.locator(`tr[data-row="${before[1]}"] .move-up`).click();
  await page.waitForFunction((id) => document.querySelector(`tr[data-row="${id}"]`).matches(':first-child'), before[1]);
  const target = section.locator(`tr[data-row="${before[2]}"]`);
  await section.locator(`tr[data-row="${before[0]}"]`).evaluate((row) => row.scrollIntoView({ block: 'center' }));
  const box = await target.boundingBox();
  const answered = page.waitForResponse((answer) => answer.url().endsWith('/move'));
  await section.locator(`tr[data-row="${before[1]}"] .handle`).dragTo(target, { targetPosition: { x: box.width / 2, y: box.height - 4 } });
  await answered;
  await page.waitForFunction(([id, first]) => {
    const row = document.querySelector(`tr[data-row="${id}"]`);
    return row?.previousElementSibling?.dataset.row === first;
  }, [before[1], before[2]]);
  assert.deepEqual(await order(), [before[0], before[2], before[1], ...before.slice(3)]);
  assert.deepEqual(faults, []);
  await close();
});

test('the other side suggests, the owner accepts, and the history says who', async () => {
  const city = await signIn('shi-jimukyoku', { javaScriptEnabled: false });
  await city.page.goto(site.url + plan);
  const edit = await rows(city.page).nth(3).locator('.edit-row').getAttribute('href');
  const row = edit.replace('/edit', '');
  await rows(city.page).nth(3).getByRole('button', { name: /^示す/ }).click();
  const bureau = await signIn('kyoku-jimukyoku', { javaScriptEnabled: false });
  await bureau.page.goto(`${site.url}${row}/suggest`);
  const was = await bureau.page.locator('textarea[name=text]').inputValue();
  await bureau.page.locator('textarea[name=text]').fill(`${was}実施に当たっては、両者で日程を調整する。`);
  await bureau.page.locator('textarea[name=reason]').fill('日程が重なるため');
  await bureau.page.getByRole('button', { name: '提案を送る' }).click();
  await bureau.close();
  await look('kyoku-jimukyoku', `${row}/suggest`, 'row-suggest');
  await city.page.goto(site.url + row);
  assert.match(await city.page.locator('.suggestion').textContent(), /日程が重なるため/);
  await look('shi-jimukyoku', row, 'row-suggested');
  await city.page.getByRole('button', { name: '採用する' }).click();
  await city.page.goto(`${site.url}${row}/history`);
  assert.match(await city.page.locator('main').textContent(), /提案：/);
  await city.close();
  await look('shi-jimukyoku', `${row}/history`, 'row-history');
});

/** Follows a link or sends a form, and waits until the next page is loaded: without that its rows are read half-way. */
async function follow(page, way) {
  await Promise.all([page.waitForEvent('load'), way.click()]);
}

test('without scripts a row is added, edited and moved by plain forms', async () => {
  const { page, close } = await signIn('shi-jimukyoku', { javaScriptEnabled: false });
  await page.goto(site.url + plan);
  const before = await texts(page);
  await follow(page, page.getByRole('link', { name: /^取組を加える/ }).first());
  await look('shi-jimukyoku', `${plan}/new`, 'row-new');
  await page.locator('textarea[name=text]').fill('文字だけの画面で加えた取組を行う。');
  await follow(page, page.getByRole('button', { name: '加える', exact: true }));
  const added = await texts(page);
  assert.equal(added.length, before.length + 1);
  const row = page.locator('tr[data-move]').filter({ hasText: '文字だけの画面で加えた取組を行う。' });
  await follow(page, row.getByRole('button', { name: /^上へ/ }));
  assert.notDeepEqual(await texts(page), added);
  await follow(page, row.locator('.edit-row'));
  await page.locator('textarea[name=text]').fill('文字だけの画面で直した取組を行う。');
  await follow(page, page.getByRole('button', { name: '保存する' }));
  assert.ok((await texts(page)).includes('文字だけの画面で直した取組を行う。'));
  await close();
});
