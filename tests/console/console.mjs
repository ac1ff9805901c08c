// The console as people use it, against the real host. Started by ctest:
//     node console.mjs PROGRAM PICTURES [WORDS OF A STORY'S NAME]
// With CANDOUR_CONSOLE_PORT and CANDOUR_CONSOLE_URL the pages come from `npm run dev` in host/console instead.
import { Browser } from './browser.mjs';
import { openHouse } from './house.mjs';
import { tellAll } from './story.mjs';
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
import './stories/side_by_side.mjs';
import './stories/settings.mjs';
import './stories/every_page.mjs';

const [program, pictures, words = ''] = process.argv.slice(2);
const house = await openHouse(program);
let failures = [];
try {
  const browser = await Browser.open(house);
  try {
    failures = await tellAll(house, browser, pictures, words);
  } finally {
    await browser.close();
  }
} finally {
  await house.close();
}
for (const failure of failures) console.log(`\nFAULT ${failure}`);
if (failures.length > 0) console.log(`\nPictures of the pages as they were: ${pictures}`);
process.exit(failures.length === 0 ? 0 : 1);
