// A year's plan is written by two sides: edited where the rows stand, ordered by keyboard and by dragging, kept while it is typed,
// merged where two people write, suggested by the other side; the same by plain forms where no script runs. Each test uses rows
// of its own, so the tests do not depend on their order.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from '../looks.js';
import { follow, siteForTests } from '../site.js';

/** Milliseconds of `typing.js`, and a little more. */
const untilItIsKept = 2000;
const untilItIsTriedAgain = 6000;

let plan;

async function openPlan(at) {
  const city = await at.signIn('shi-jimukyoku');
  await city.goto(`${at.url}/plans`);
  await follow(city, city.getByRole('button', { name: '計画を始める' }).click());
  plan = new URL(city.url()).pathname;
  const bureau = await at.signIn('kyoku-jimukyoku');
  await bureau.goto(at.url + plan);
  await follow(bureau, bureau.getByRole('button', { name: /取組を引き継ぐ/ }).click());
}

const at = siteForTests({ signIn: true, prepare: openPlan });

/** A window in which somebody writes, with scripts. */
const writer = (login) => at.signIn(login, { javaScriptEnabled: true });

/** Returns the errors of the scripts of a page, without the answers to a lost session and to a refused form. */
const faultsOf = (page) => page.faults.filter((fault) => !/status of (401|422)/.test(fault));

/** Looks at an address as somebody who has signed in, at each width. */
const look = (page, address, name) => at.look(page, name, { address: at.url + address, fullPage: false });

/** Resolves when what was typed could not be sent. */
const typedIsLost = (page) => page.waitForEvent('requestfailed', (request) => request.url().endsWith('/typed'));

const rows = (page) => page.locator('tr[data-move]');
const texts = (page) => rows(page).locator('.c-text').evaluateAll((cells) => cells
  .map((cell) => cell.querySelector('p')?.textContent.trim()));

test('a row is edited where it stands, and the page follows', async () => {
  const page = await writer('shi-jimukyoku');
  await page.goto(at.url + plan);
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
  await place.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement.closest('tr')?.dataset.row), id);
  assert.deepEqual(faultsOf(page), []);
});

test('what is typed is kept, comes back after the window is closed, and can be discarded', async () => {
  const first = await writer('shi-jimukyoku');
  await first.goto(at.url + plan);
  const edit = await rows(first).nth(4).locator('.edit-row').getAttribute('href');
  await first.goto(at.url + edit);
  const before = await first.locator('textarea[name=text]').inputValue();
  await first.locator('textarea[name=text]').fill('書きかけの文');
  await first.locator('.typing[data-state=kept]').waitFor();
  assert.match(await first.locator('.typing').textContent(), /一時保存しました.*まだ保存していません/);
  await first.context().close();
  const page = await writer('shi-jimukyoku');
  await page.goto(at.url + edit);
  assert.equal(await page.locator('textarea[name=text]').inputValue(), '書きかけの文');
  await picture(page, 'typing-kept-desktop', false);
  await follow(page, page.getByRole('button', { name: 'この入力を捨てる' }).click());
  assert.equal(await page.locator('textarea[name=text]').inputValue(), before);
  assert.deepEqual(faultsOf(page), []);
  await look(page, edit, 'row-edit');
});

test('a lost line is said, and what was typed is kept once it is back', async () => {
  const page = await writer('shi-jimukyoku');
  await page.clock.install();
  await page.goto(at.url + plan);
  await page.goto(at.url + (await rows(page).nth(5).locator('.edit-row').getAttribute('href')));
  await page.context().setOffline(true);
  await page.locator('textarea[name=text]').fill('つながらない間の文');
  await page.clock.fastForward(untilItIsKept);
  await page.locator('.typing[data-state=lost]').waitFor();
  assert.match(await page.locator('.typing').textContent(), /一時保存できていません/);
  await Promise.all([typedIsLost(page), page.getByRole('button', { name: '保存する' }).click()]);
  await page.context().setOffline(false);
  await page.clock.fastForward(untilItIsTriedAgain);
  await page.locator('.typing[data-state=kept]').waitFor();
  assert.equal(await page.locator('textarea[name=text]').inputValue(), 'つながらない間の文', 'the form stays');
  await page.context().clearCookies();
  await page.locator('textarea[name=text]').fill('サインインが切れた後の文');
  await page.clock.fastForward(untilItIsKept);
  await page.getByText('サインインの時間が切れました').waitFor();
});

test('where the line is down a row in place stays open, and is saved once it is back', async () => {
  const page = await writer('shi-jimukyoku');
  await page.clock.install();
  await page.goto(at.url + plan);
  await rows(page).nth(6).locator('.edit-row').click();
  const place = page.locator('.row-in-place');
  await place.locator('textarea[name=text]').waitFor();
  await page.context().setOffline(true);
  await place.locator('textarea[name=text]').fill('つながらない間に保存を押した文を書く。');
  await place.getByRole('button', { name: '保存する' }).click();
  await place.locator('.typing[data-state=lost]').waitFor();
  await Promise.all([typedIsLost(page), rows(page).nth(8).locator('.edit-row').click()]);
  await page.context().setOffline(false);
  await page.clock.fastForward(untilItIsTriedAgain);
  await place.locator('.typing[data-state=kept]').waitFor();
  assert.equal(await place.locator('textarea[name=text]').inputValue(), 'つながらない間に保存を押した文を書く。');
  await place.getByRole('button', { name: '保存する' }).click();
  await page.getByText('保存しました。', { exact: true }).waitFor();
  assert.ok((await texts(page)).includes('つながらない間に保存を押した文を書く。'));
});

test('two people at one row see each other, merge, and are shown where they overlap', async () => {
  const [one, two] = [await writer('shi-jimukyoku'), await writer('shi-tanto')];
  await two.goto(at.url + plan);
  const edit = await rows(two).first().locator('.edit-row').getAttribute('href');
  const text = (page) => page.locator('textarea[name=text]');
  await one.goto(at.url + edit);
  await two.goto(at.url + edit);
  assert.match(await two.locator('#typing-kept').textContent(), /もこの画面を開いています/);
  const was = await text(one).inputValue();
  await text(one).fill(`新たに、${was}`);
  await one.locator('.beside-now li').waitFor();
  assert.match(await one.locator('.beside-now').textContent(), /もこの画面を開いています/);
  await one.getByRole('button', { name: '保存する' }).click();
  await one.waitForURL((url) => url.pathname === plan);
  await text(two).fill(`${was}また、その結果を公表する。`);
  await two.getByText('ほかの人がこの取組を保存しました').waitFor();
  await two.getByRole('button', { name: '保存する' }).click();
  await two.waitForURL((url) => url.pathname === plan);
  await two.goto(at.url + edit);
  assert.equal(await text(two).inputValue(), `新たに、${was}また、その結果を公表する。`);
  await one.goto(at.url + edit);
  await text(one).fill('一人目の文');
  await text(two).fill('二人目の文');
  await one.getByRole('button', { name: '保存する' }).click();
  await one.waitForURL((url) => url.pathname === plan);
  await two.getByRole('button', { name: '保存する' }).click();
  await two.getByText('ほかの人が同じところを先に保存しました').waitFor();
  assert.equal(await text(two).inputValue(), '二人目の文');
  await picture(two, 'conflict-desktop');
  await two.getByRole('button', { name: '保存する' }).click();
  await two.waitForURL((url) => url.pathname === plan);
});

test('rows are ordered by keyboard and by dragging', async () => {
  const page = await writer('shi-jimukyoku');
  await page.goto(at.url + plan);
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
  await page.locator('.row-in-place').waitFor({ state: 'detached' });
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
  assert.deepEqual(faultsOf(page), []);
});

test('the other side suggests, the owner accepts, and the history says who', async () => {
  const city = await at.signIn('shi-jimukyoku');
  await city.goto(at.url + plan);
  const edit = await rows(city).nth(3).locator('.edit-row').getAttribute('href');
  const row = edit.replace('/edit', '');
  await follow(city, rows(city).nth(3).getByRole('button', { name: /^示す/ }).click());
  const bureau = await at.signIn('kyoku-jimukyoku');
  await bureau.goto(`${at.url}${row}/suggest`);
  const was = await bureau.locator('textarea[name=text]').inputValue();
  await bureau.locator('textarea[name=text]').fill(`${was}実施に当たっては、両者で日程を調整する。`);
  await bureau.locator('textarea[name=reason]').fill('日程が重なるため');
  await follow(bureau, bureau.getByRole('button', { name: '提案を送る' }).click());
  await look(bureau, `${row}/suggest`, 'row-suggest');
  await city.goto(at.url + row);
  assert.match(await city.locator('.suggestion').textContent(), /日程が重なるため/);
  await look(city, row, 'row-suggested');
  await follow(city, city.getByRole('button', { name: '採用する' }).click());
  await city.goto(`${at.url}${row}/history`);
  assert.match(await city.locator('main').textContent(), /提案：/);
  await look(city, `${row}/history`, 'row-history');
});

test('without scripts a row is added, edited and moved by plain forms', async () => {
  const page = await at.signIn('shi-jimukyoku');
  await page.goto(at.url + plan);
  const before = await texts(page);
  await follow(page, page.getByRole('link', { name: /^取組を加える/ }).first().click());
  await look(page, `${plan}/new`, 'row-new');
  await page.locator('textarea[name=text]').fill('文字だけの画面で加えた取組を行う。');
  await follow(page, page.getByRole('button', { name: '加える', exact: true }).click());
  const added = await texts(page);
  assert.equal(added.length, before.length + 1);
  const row = page.locator('tr[data-move]').filter({ hasText: '文字だけの画面で加えた取組を行う。' });
  await follow(page, row.getByRole('button', { name: /^上へ/ }).click());
  assert.notDeepEqual(await texts(page), added);
  await follow(page, row.locator('.edit-row').click());
  await page.locator('textarea[name=text]').fill('文字だけの画面で直した取組を行う。');
  await follow(page, page.getByRole('button', { name: '保存する' }).click());
  assert.ok((await texts(page)).includes('文字だけの画面で直した取組を行う。'));
});
