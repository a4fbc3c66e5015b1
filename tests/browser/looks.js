// Checks of any page: nothing sticks out at its side, axe finds nothing; and its picture, for eyes.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'screenshots');
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Keeps a picture of a page; of a long one only what is seen first. */
export async function picture(page, name, fullPage = true) {
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage });
}

export const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

let looked = 0;

/**
 * Calls `look` with each width and the check of that width. axe takes seconds: it looks at each page at one width, in turn,
 * and at all widths where `cargo xtask long` asks.
 */
export async function atEachWidth(look) {
  const turn = looked;
  looked += 1;
  for (const [place, [size, viewport]] of Object.entries(sizes).entries()) {
    const check = process.env.RENKEI_TIMES || (turn + place) % 2 === 0 ? isSound : fits;
    await look(size, viewport, check);
  }
}

/** The narrowest window in which nothing may scroll sideways (WCAG 1.4.10). */
const narrow = 320;

/** How wide the page is, and with the list of the years open as a site of thirty years has it. Leaves the page as it was. */
function widthsWithManyYears() {
  const width = () => document.documentElement.scrollWidth;
  const closed = width();
  const years = document.querySelector('details.years');
  if (!years) return [closed, closed];
  const list = years.querySelector('ul');
  const more = Array.from({ length: 30 }, () => list.appendChild(list.firstElementChild.cloneNode(true)));
  years.open = true;
  const open = width();
  years.open = false;
  more.forEach((year) => year.remove());
  return [closed, open];
}

/** Nothing sticks out at the side of the page. */
export async function fits(page, name) {
  const size = page.viewportSize();
  const { width } = size;
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= width, `${name} scrolls to ${wide}`);
  if (width < 640) {
    await page.setViewportSize({ ...size, width: narrow });
    const [closed, open] = await page.evaluate(widthsWithManyYears);
    assert.ok(closed <= narrow && open <= narrow, `${name} at ${narrow} scrolls to ${closed}, with the years open to ${open}`);
    await page.setViewportSize(size);
  }
}

/** The same, and axe finds nothing. The page must let scripts run: axe is one. */
export async function isSound(page, name) {
  await fits(page, name);
  const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze();
  const told = violations.map((v) => `${v.id}: ${v.help}\n    ${v.nodes.slice(0, 3).map((n) => n.html).join('\n    ')}`);
  assert.deepEqual(told, [], name);
}
