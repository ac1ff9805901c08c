// A story is told as steps; one that fails does not keep the next from being told.
import { mkdirSync } from 'node:fs';

const told = { here: [], beside: [] };
export const story = (name, tell) => told.here.push({ name, tell });
/** Told at the same time as the others, in another house and another browser: for what needs nothing of what others do, and is long. */
export const besideStory = (name, tell) => told.beside.push({ name, tell });

export const kLanes = Object.keys(told);
export const storiesOf = (lane, words) => told[lane].filter((each) => each.name.includes(words));

export async function tellAll(stories, house, browser, pictures) {
  const failures = [];
  for (const { name, tell } of stories) {
    const begun = performance.now();
    let failure;
    try {
      await tell(house, browser);
      const complaints = browser.takeComplaints();
      if (complaints.length > 0) throw new Error(`the page complained:\n  ${complaints.join('\n  ')}`);
    } catch (caught) {
      failure = caught;
      browser.takeComplaints();
    }
    console.log(`${failure ? 'FAILED' : 'ok    '} ${name} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
    if (failure) {
      failures.push(`${name}\n${failure.stack}`);
      mkdirSync(pictures, { recursive: true });
      for (const [n, page] of browser.browser.contexts().flatMap((context) => context.pages()).entries())
        await page.screenshot({ path: `${pictures}/${name.replace(/\W+/g, '_').slice(0, 60)}_${n}.png` }).catch(() => undefined);
    }
    for (const context of browser.browser.contexts()) await context.close();
  }
  return failures;
}
export function expect(what, holds) {
  if (!holds) throw new Error(`expected: ${what}`);
}
export function equal(what, found, wanted) {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${what}: expected ${b}, found ${a}`);
}
