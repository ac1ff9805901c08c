// axe-core in the page, through the debugger, so that the page's own policy stays as it is.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** All rules of WCAG 2.2 AA and good practice, or only those that are named. */
export async function violationsOn(page, rules) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags };
  const found = await page.evaluate((only) => globalThis.axe.run(document, { runOnly: only, resultTypes: ['violations'] }), runOnly);
  return found.violations.map((each) => `${each.id}: ${each.help} (${each.nodes.slice(0, 3).map((node) => node.target.join(' ')).join('; ')})`);
}
