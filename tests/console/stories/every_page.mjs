import { flawsOf } from '../browser.mjs';
import { story } from '../story.mjs';

async function places(house) {
  const account = (await house.api('/accounts?q=Brass')).accounts[0].id;
  const theme = (await house.api('/themes')).themes[0]?.alias;
  const campaign = (await house.api('/campaigns')).campaigns[0]?.id;
  const closed = (await house.api('/items?state=visibly_closed&limit=1')).items[0].alias;
  return ['/today', '/inbox', '/loop', '/loop?view=list', '/loop?view=list&q=zzzz', '/item/LP-18', `/item/${closed}`, '/themes', ...(theme ? [`/themes/${theme}`] : []), '/accounts', `/accounts/${account}`,
    '/trends', '/trends/relationship_nps', '/trends/relationship_nps?segment=edge&beside=reliable', '/promises', '/mail', '/campaigns', ...(campaign ? [`/campaigns/${campaign}`] : []), '/surveys', '/surveys/demo-partnership', '/surveys/new',
    '/plugins', ...['me', 'devices', 'team', 'users', 'brand', 'senders', 'promises', 'asking', 'calendars', 'rules', 'tokens', 'webhooks', 'export', 'erase', 'audit'].map((each) => `/settings/${each}`), '/sign-in'];
}
const dialogs = [
  ['/loop', async (page) => page.locator('[data-stage="heard"] .mv').first().click()], ['/loop', async (page) => page.locator('[data-stage="changed"] .mv').first().click()],
  ['/item/LP-9', async (page) => page.getByRole('button', { name: 'Hand over' }).click()], ['/item/LP-9', async (page) => page.getByRole('button', { name: 'Let it go on' }).click()],
  ['/today', async (page) => page.keyboard.press('Control+k')], ['/today', async (page) => page.keyboard.press('?')],
  ['/plugins', async (page) => page.getByRole('button', { name: /^Manage/ }).first().click()],
  ['/campaigns?new=yes', async () => undefined], ['/campaigns?new=schedule', async () => undefined], ['/today', async (page) => { await page.locator('main h1').focus(); await page.keyboard.press('c'); }], ['/promises?new=yes', async () => undefined], ['/themes?new=yes', async () => undefined]
];

/** The same page in the light, in the dark and on a phone: what each of them could break is looked at there. */
async function everyLook(page) {
  const faults = (await flawsOf(page)).map((each) => `in the light: ${each}`);
  await page.emulateMedia({ colorScheme: 'dark' });
  faults.push(...(await flawsOf(page, ['color-contrast'])).map((each) => `in the dark: ${each}`));
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 320, height: 640 });
  faults.push(...(await flawsOf(page, ['target-size', 'scrollable-region-focusable', 'color-contrast'])).map((each) => `320 px wide: ${each}`));
  await page.setViewportSize({ width: 1280, height: 900 });
  return faults;
}

story('Every page is without fault in the light, in the dark and 320 px wide', async (house, browser) => {
  const page = await browser.person();
  const faults = [];
  for (const path of await places(house)) {
    await page.visit(path);
    faults.push(...(await everyLook(page)).map((flaw) => `${path} ${flaw}`));
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
});

story('Every page fits 320 px in German, which needs more of them', async (house, browser) => {
  const page = await browser.person({ width: 320, height: 640, locale: 'de-DE' });
  const faults = [];
  for (const path of await places(house)) {
    await page.visit(path);
    faults.push(...(await flawsOf(page, ['scrollable-region-focusable'])).map((flaw) => `${path} ${flaw}`));
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
});

story('Every dialog is without fault in the light, in the dark and 320 px wide', async (house, browser) => {
  const page = await browser.person();
  const faults = [];
  for (const [path, open] of dialogs) {
    await page.visit(path);
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
    await open(page);
    await page.getByRole('dialog').waitFor();
    faults.push(...(await everyLook(page)).map((flaw) => `${path}, dialog ${flaw}`));
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
});
