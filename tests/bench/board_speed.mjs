// How long until the board of ten thousand open items can be used, in Chromium against a real host:
//     .cmake/node tests/bench/board_speed.mjs PROGRAM [ITEMS]
// From the beginning of the navigation, on the page's own clock, until every column shows its cards and the page has nothing left to do
// before it would answer a key or a click. Goal: under 500 ms. Beside it: when a program's click on a card's button would land.
import { performance } from 'node:perf_hooks';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Browser } from '../console/browser.mjs';
import { openHouse } from '../console/house.mjs';

const [program, wanted = '10000'] = process.argv.slice(2);
const kItems = Number(wanted), kRounds = 9, kAtOnce = 2_000;
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Answers with words become items; themes move them, a quarter into each column. */
async function fill(house) {
  const { contacts } = await house.api('/contacts?limit=1000');
  const reachable = contacts.filter((each) => each.email);
  const file = join(tmpdir(), `candour-board-${process.pid}.csv`);
  const rows = Array.from({ length: kItems }, (_, n) => `board-${n},${reachable[n % reachable.length].email},2026-01-${String(1 + (n % 28)).padStart(2, '0')},${n % 7},"The export is late again, and nobody told us why (${n})."`);
  writeFileSync(file, `key,contact,date,score,comment\n${rows.join('\n')}\n`);
  house.candour('import', 'answers', file, '--raise-items');
  const items = [];
  for (let cursor = ''; cursor !== null; ) {
    const page = await house.api(`/items?state=raised&limit=500${cursor ? `&cursor=${cursor}` : ''}`);
    items.push(...page.items.map((each) => each.alias));
    cursor = page.next;
  }
  const by = '2099-06-01';
  for (let from = 0; from < items.length; from += kAtOnce) {
    const { alias } = await house.api('/themes', { body: { title: `Late exports ${from}` } });
    const say = (step, body) => house.api(`/themes/${alias}/${step}`, { body });
    await say('add', { items: items.slice(from, from + kAtOnce) });
    await say('hear', { text: 'Exports are late.', mail: false });
    const column = (from / kAtOnce) % 4;
    if (column > 0) await say('decide', { will_change: column !== 3, text: 'Exports get a queue.', why: 'It hurts.', ...(column === 3 ? {} : { by }) });
    if (column > 1 && column !== 3) await say('change', { text: 'There is a queue.' });
  }
}

/** Runs in the page: looks at each frame, and then waits for its turn like a click. */
function watch() {
  const there = () => ['heard', 'decided', 'changed', 'closed'].every((each) => document.querySelector(`[data-stage="${each}"] .card, [data-stage="${each}"] .empty`));
  const look = () => (there() ? setTimeout(() => (window.usableAt = performance.now())) : requestAnimationFrame(look));
  look();
}

async function measure(browser) {
  const page = await browser.person();
  await page.addInitScript(watch);
  const usable = [], clicked = [];
  for (let round = 0; round <= kRounds; ++round) {
    const begun = performance.now();
    await page.goto(`${browser.house.console}/loop`, { waitUntil: 'commit' });
    await page.waitForFunction(() => window.usableAt !== undefined);
    await page.locator('[data-stage="heard"] .mv').first().click({ trial: true });
    if (round === 0) continue; // it fills the browser's cache
    clicked.push(performance.now() - begun);
    usable.push(await page.evaluate(() => window.usableAt));
  }
  const line = (times) => `${Math.round(median(times))} ms (${Math.round(Math.min(...times))} to ${Math.round(Math.max(...times))})`;
  console.log(`the board can be used after ${line(usable)}, goal under 500 ms; a program's click lands after ${line(clicked)}; median of ${kRounds}`);
}

const house = await openHouse(program);
try {
  await fill(house);
  const counts = (await house.api('/items/counts')).counts.filter((each) => each.items > 0).map((each) => `${each.state} ${each.items}`);
  console.log(`board_speed, SQLite: ${counts.join(', ')}`);
  const browser = await Browser.open(house);
  try {
    await measure(browser);
  } finally {
    await browser.close();
  }
} finally {
  await house.close();
}
