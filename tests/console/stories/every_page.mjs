// Every page and dialog, looked at in a house where something is in every list.
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flawsOf } from '../browser.mjs';
import { until } from '../house.mjs';
import { besideStory } from '../story.mjs';

/** What there is to look at, beside the demo: something in every list, in the states that pages show in their own way. */
async function furnish(house) {
  const post = (path, body) => house.api(path, { body });
  const items = (await house.api('/items?state=raised&limit=2')).items.map((each) => each.alias);
  const { alias: theme } = await post('/themes', { title: 'Nobody knows whom to call' });
  await post(`/themes/${theme}/add`, { items });
  await post(`/themes/${theme}/hear`, { text: 'You never know whom to call.', mail: false });
  const ask = { plugin: 'relationship_nps', audience: { all: true } };
  const day = 86_400_000;
  const [soon, later] = [day, 3 * day].map((ahead) => new Date(Date.now() + ahead).toISOString());
  const words = { invitation: { en: { subject: 'Two minutes for us?' } } };
  const { id: campaign } = await post('/campaigns', { ...ask, at: soon, not_after: later, words });
  await post('/campaigns', { ...ask, audience: { levels: ['executive'] } });
  const { id: schedule } = await post('/campaign-schedules', { ...ask, rule: 'FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU', at: '09:00', zone: 'Europe/Berlin', reminders: [7] });
  await post(`/campaign-schedules/${schedule}/pause`, {});
  await post('/users', { email: 'ines@halden.example', name: 'Ines Ferrer', role: 'viewer', mail: false });
  await post('/webhooks', { name: 'crm', url: `http://127.0.0.1:${house.outside}/candour`, events: ['noted'] });
  const file = join(tmpdir(), `candour-look-${process.pid}.csv`);
  const account = (await house.api('/accounts?q=Brass')).accounts[0];
  const known = (await house.api(`/contacts?account=${account.id}`)).contacts.filter((each) => each.email);
  const { teammates } = await house.api('/teammates');
  const met = known.map((each, n) => `look-${n},${account.ref},${['meeting', 'call'][n % 2]},${new Date(Date.now() - (n + 3) * day).toISOString().slice(0, 10)},30,${each.email},${teammates[n % teammates.length].email}`);
  writeFileSync(file, `ref,account_ref,kind,at,minutes,contacts,teammates\n${met.join('\n')}\n`);
  house.candour('import', 'touchpoints', file);
  await until('the campaign is planned', async () => (await house.api(`/campaigns/${campaign}`)).planning === null);
  return { theme, campaign, account: account.id, person: known[0].id };
}
async function places(house) {
  const { theme, campaign, account, person } = await (house.furnished ??= furnish(house));
  const closed = (await house.api('/items?state=visibly_closed&limit=1')).items[0].alias;
  return ['/today', '/inbox', '/loop', '/loop?view=list', '/loop?view=list&q=zzzz', '/item/LP-18', `/item/${closed}`, '/themes', `/themes/${theme}`, '/accounts', `/accounts/${account}`, `/people/${person}`,
    '/trends', '/trends/relationship_nps', '/trends/relationship_nps?segment=edge&beside=reliable', '/promises', '/mail', '/campaigns', `/campaigns/${campaign}`, '/surveys', '/surveys/demo-partnership', '/surveys/new', '/surveys/new?ready=after-closing',
    '/plugins', ...['me', 'devices', 'team', 'users', 'identity', 'brand', 'senders', 'promises', 'asking', 'calendars', 'rules', 'tokens', 'webhooks', 'import', 'export', 'erase', 'audit'].map((each) => `/settings/${each}`), '/sign-in'];
}
const dialogs = [
  ['/loop', async (page) => page.locator('[data-stage="heard"] .mv').first().click()], ['/loop', async (page) => page.locator('[data-stage="changed"] .mv').first().click()],
  ['/item/LP-9', async (page) => page.getByRole('button', { name: 'Hand over' }).click()], ['/item/LP-9', async (page) => page.getByRole('button', { name: 'Let it go on' }).click()],
  ['/today', async (page) => page.keyboard.press('Control+k')], ['/today', async (page) => page.keyboard.press('?')],
  ['/plugins', async (page) => page.getByRole('button', { name: /^Manage/ }).first().click()],
  ['/campaigns?new=yes', async () => undefined], ['/campaigns?new=schedule', async () => undefined], ['/today', async (page) => { await page.locator('main h1').focus(); await page.keyboard.press('c'); }], ['/accounts?new=yes', async () => undefined], ['/promises?new=yes', async () => undefined], ['/themes?new=yes', async () => undefined]
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

besideStory('Every page is without fault in the light, in the dark and 320 px wide', async (house, browser) => {
  const page = await browser.person();
  await page.visit('/today');
  const faults = [];
  for (const path of await places(house)) {
    await page.walk(path);
    faults.push(...(await everyLook(page)).map((flaw) => `${path} ${flaw}`));
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
});

besideStory('Every page fits 320 px in German, which needs more of them', async (house, browser) => {
  const page = await browser.person({ width: 320, height: 640, locale: 'de-DE' });
  await page.visit('/today');
  const faults = [];
  for (const path of await places(house)) {
    await page.walk(path);
    faults.push(...(await flawsOf(page, ['scrollable-region-focusable'])).map((flaw) => `${path} ${flaw}`));
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
});

besideStory('Every dialog is without fault in the light, in the dark and 320 px wide', async (house, browser) => {
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
