// Every kind of page in a real browser: without violations that axe knows, at two widths, without scripts, without other sites.

import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { atEachWidth, picture } from './looks.js';
import { folder } from './server.js';
import { siteForTests } from './site.js';

/** Too long to be photographed whole. */
const long = ['progress'];

const at = siteForTests();

/** Returns the address of every kind of page, by a name for its picture. Follows the site's own links, as a person would. */
async function addresses() {
  const page = await at.open('/');
  const plans = await page.locator('.years a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const newest = plans[0];
  const progress = plans.find((href) => /progress|result/.test(href)) ?? newest;
  await page.goto(at.url + progress);
  const withFigures = await page.locator('tr:has(a.figure) .c-number a').first().getAttribute('href');
  await page.goto(`${at.url}/indicators`);
  const indicator = await page.locator('table.indicators th a').first().getAttribute('href');
  const handover = await page.locator('a[href*="/indicators/handover/"]').first().getAttribute('href');
  await page.context().close();
  return {
    home: '/',
    indicators: '/indicators',
    indicator,
    'indicator-compare': `${indicator}/compare`,
    handover,
    plan: `${newest}?chapter=1`,
    'plan-beside': `${newest}?beside=1&chapter=1`,
    progress,
    initiative: withFigures,
    findings: '/findings',
    agreement: '/agreement',
    imports: '/imports',
    divisions: '/divisions',
    search: `/search?q=${encodeURIComponent('若者')}`,
    'search-none': `/search?q=${encodeURIComponent('どこにもない言葉')}`,
    editions: '/editions',
    edition: '/editions/R8-1',
    reference: '/r/R8-1-0001',
    journal: '/journal',
    settings: '/settings',
    'not-found': '/nowhere',
    'bad-filter': `${newest}?chapter=99`,
  };
}

test('no page has a violation of WCAG that axe finds, sticks out, or loads anything from elsewhere', async () => {
  for (const [name, address] of Object.entries(await addresses())) {
    await atEachWidth(async (size, viewport, check) => {
      // axe and the measuring need scripts; the pages themselves have none.
      const page = await at.window({ viewport, javaScriptEnabled: true, bypassCSP: true });
      const asked = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(at.url + address);
      const elsewhere = asked.filter((url) => !url.startsWith(at.url) && !url.startsWith('data:'));
      assert.deepEqual(elsewhere, [], name);
      assert.equal(await page.locator('script').count(), 0, name);
      await picture(page, `${name}-${size}`, !long.includes(name));
      await check(page, `${name} (${size})`);
      await page.context().close();
    });
  }
});

test('the picture of the documents is taken anew where it is asked for', { skip: !process.env.RENKEI_SCREENSHOT }, async () => {
  const page = await at.open((await addresses()).progress);
  await page.screenshot({ path: path.resolve(folder, '../../docs/screenshot.png') });
});
