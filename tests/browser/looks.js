// What holds for each page, whatever it says: nothing sticks out at its side, axe finds nothing; and its picture, for eyes.

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

/** The page must let scripts run: axe is one. */
export async function isSound(page, name) {
  const { width } = page.viewportSize();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= width, `${name} scrolls to ${wide}`);
  const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze();
  const told = violations.map((v) => `${v.id}: ${v.help}\n    ${v.nodes.slice(0, 3).map((n) => n.html).join('\n    ')}`);
  assert.deepEqual(told, [], name);
}
