// The console as people use it, against the real host. Started by ctest:
//     node console.mjs PROGRAM PICTURES [WORDS OF A STORY'S NAME]
// With CANDOUR_CONSOLE_PORT and CANDOUR_CONSOLE_URL the pages come from `npm run dev` in host/console instead.
import { spawn } from 'node:child_process';
import { Browser } from './browser.mjs';
import { openHouse } from './house.mjs';
import { kLanes, storiesOf, tellAll } from './story.mjs';
import './stories/serving.mjs';
import './stories/first_run.mjs';
import './stories/two_people.mjs';
import './stories/writing.mjs';
import './stories/keyboard.mjs';
import './stories/signing_in.mjs';
import './stories/identity_provider.mjs';
import './stories/webhooks.mjs';
import './stories/scanners.mjs';
import './stories/survey_pages.mjs';
import './stories/survey_by_campaign.mjs';
import './stories/side_by_side.mjs';
import './stories/settings.mjs';
import './stories/people.mjs';
import './stories/rules.mjs';
import './stories/every_page.mjs';

const [program, pictures, words = '', lane = ''] = process.argv.slice(2);

/** A house and a browser for as long as the stories of this lane need them. */
async function tell(stories) {
  const house = await openHouse(program);
  try {
    const browser = await Browser.open(house);
    try {
      return await tellAll(stories, house, browser, pictures);
    } finally {
      await browser.close();
    }
  } finally {
    await house.close();
  }
}

/** A lane is a process of its own: what one of them waits for keeps no other waiting. */
const begin = (name, databases) => new Promise((resolve) => {
  const given = [import.meta.filename, program, pictures, words, name];
  spawn(process.execPath, given, { stdio: 'inherit', env: { ...process.env, CANDOUR_DATABASES: databases } }).on('exit', (code) => resolve(code ?? 1));
});
async function beginAll() {
  const all = (process.env.CANDOUR_DATABASES ?? '').split(' ');
  const share = (lane) => all.filter((_, n) => n % kLanes.length === lane).join(' ');
  const codes = [];
  for (const [n, name] of kLanes.entries()) {
    codes.push(begin(name, share(n)));
    if (process.env.CANDOUR_CONSOLE_PORT) await codes[n]; // one port is one house at a time
  }
  return Math.max(...(await Promise.all(codes)));
}

if (lane === '') process.exit(await beginAll());
const stories = storiesOf(lane, words);
const failures = stories.length === 0 ? [] : await tell(stories);
for (const failure of failures) console.log(`\nFAULT ${failure}`);
if (failures.length > 0) console.log(`\nPictures of the pages as they were: ${pictures}`);
process.exit(failures.length === 0 ? 0 : 1);
