// How customers know us, what the configuration says, and the first hour of an empty house.
import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { violationsOn } from '../axe.mjs';
import { openHouse, until } from '../house.mjs';
import { besideStory, equal, expect, story } from '../story.mjs';

const folder = mkdtempSync(join(tmpdir(), 'candour-settings-'));
const file = (name, text) => { writeFileSync(join(folder, name), text); return join(folder, name); };
const logo = '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="120" height="40" rx="8" fill="#0b6b49"/></svg>';
const yellow = 'rgb(255, 230, 0)', black = 'rgb(0, 0, 0)';
const looksOf = (button) => button.evaluate((each) => { const style = getComputedStyle(each); return [style.backgroundColor, style.color]; });

async function wears(page, what, button) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    equal(`${what}, ${colorScheme}: the button`, await looksOf(button), [yellow, black]);
    equal(`${what}, ${colorScheme}: the line above`, await page.evaluate(() => getComputedStyle(document.body).borderTopColor), yellow);
    equal(`${what}, ${colorScheme}: no fault`, await violationsOn(page), []);
  }
  expect(`${what} shows the logo`, await page.locator('.livery img').evaluate((image) => image.complete && image.naturalWidth === 120));
}

story('The organisation’s colour and logo are on every page, and can always be read', async (house, browser) => {
  const page = await browser.person();
  try {
    await page.visit('/settings/brand');
    await page.getByLabel('Colour', { exact: false }).first().fill('#ffe600');
    await page.getByText('The text on it is black, 16.').waitFor();
    for (const sheet of await page.locator('.sheet').all()) equal('the preview', await looksOf(sheet.locator('button.y')), [yellow, black]);
    await page.getByLabel('Colour', { exact: false }).first().fill('yellow');
    await page.getByText('expected # and six hexadecimal digits').waitFor();
    expect('and nothing can be saved', await page.getByRole('button', { name: 'Save' }).isDisabled());
    await page.getByLabel('Colour', { exact: false }).first().fill('#ffe600');
    await page.getByLabel('Logo').setInputFiles(file('bad.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'));
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('found a handler').waitFor();
    await page.getByLabel('Logo').setInputFiles(file('logo.svg', logo));
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.getByRole('img', { name: 'The logo now' }).waitFor();

    const customer = await browser.person({ signedIn: false });
    await customer.goto(house.candour('survey', 'link', 'demo-partnership', '--contact', 'ada.lovett@brass-otter.example').trim().split('\n').at(-1));
    await wears(customer, 'a survey page', customer.locator('.go > button').last());
    const told = (await house.api('/items?state=told&limit=1')).items[0];
    await customer.goto((await house.api(`/items/${told.alias}`)).page_url);
    await wears(customer, 'a loop page', customer.locator('button.y'));
    await page.visit('/surveys/demo-partnership');
    const preview = page.getByRole('region', { name: 'Preview' });
    await until('the editor shows it as well', async () => JSON.stringify(await looksOf(preview.locator('.sheet .go > button').last()).catch(() => [])) === JSON.stringify([yellow, black]));
    await preview.getByText('The text on it is black, 16.').waitFor();
    await preview.getByLabel('Page').selectOption({ label: 'The thanks afterwards' });
    await until('and the thanks', async () => (await preview.locator('.sheet').evaluate((box) => box.shadowRoot.querySelector('form') === null && box.shadowRoot.textContent.length > 20)));
    equal('it is written down', (await house.api('/audit?act=brand_changed')).entries[0].subject, '');
  } finally {
    const { version } = await house.api('/brand');
    await house.api('/brand', { verb: 'PUT', body: { name: '', colour: '', logo: null }, version: String(version) });
  }
});

story('What stands in the configuration is shown with the name of its setting', async (house, browser) => {
  const page = await browser.person();
  await page.visit('/settings/promises');
  equal('days until decided', await page.getByLabel('Reliable, Decided').inputValue(), '10');
  await page.getByText('loop.undo_seconds').waitFor();
  await page.getByLabel('Reliable, Decided').fill('7');
  await page.getByLabel('An overdue step goes one up after').fill('3');
  const lines = page.getByRole('region', { name: 'Promises' }).locator('pre');
  equal('the lines to write', (await lines.innerText()).split('\n').filter((line) => /segments|decide_days|\[loop\]|escalate/.test(line)), ['[loop]', 'escalate_days = 3', '[segments.reliable]', 'decide_days = 7']);
  await page.visit('/settings/asking');
  await page.getByText('Whoever was asked is not asked again for 90 days.').waitFor();
  await page.getByLabel('Days').fill('30');
  await page.getByText('rest_days = 30').waitFor();
  equal('the house is as it was', (await house.api('/settings')).asking.rest_days, 90);
  await page.visit('/settings/identity');
  await page.getByText('Halden account').waitFor();
  await page.getByText('/api/v1/sign-in/oidc/callback').waitFor();
  await page.visit('/settings/senders');
  await page.getByText('None: what is to be sent waits.').waitFor();
});

const linkIn = (text) => text.trim().replace(/^.*\/sign-in/, '/sign-in');
const step = (page, name) => page.getByRole('region', { name: 'First steps' }).getByRole('listitem').filter({ hasText: name });

besideStory('An empty house says what it lacks, until its first loop is visibly closed', async (house, browser) => {
  const empty = await openHouse(house.program, { demo: false });
  try {
    const page = await browser.person({ signedIn: false });
    const today = async () => { await page.goto(`${empty.console}/today`); await page.getByRole('region', { name: 'First steps' }).waitFor(); };
    await page.goto(empty.console + linkIn(empty.candour('user', 'first')));
    await page.getByLabel('E-mail address').fill('boss@halden.example');
    await page.getByLabel('Name, as customers read it').fill('Bo Ssmann');
    await page.getByLabel('New password').fill('gentle otters count rivers');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('0 of 7').waitFor();
    equal('no fault', await violationsOn(page), []);

    await step(page, 'Say who you are').getByRole('link').click();
    await page.getByLabel('Name', { exact: false }).first().fill('Halden Systems');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await today();
    await step(page, /Done:\s*Say who you are/).waitFor();

    await step(page, 'Bring in a colleague').getByRole('link').click();
    await page.getByLabel('E-mail address').fill('ines@halden.example');
    await page.getByLabel('Name, as customers read it').fill('Ines Ferrer');
    await page.getByLabel('Send them the link by mail').uncheck();
    await page.getByRole('button', { name: 'Let somebody sign in' }).click();
    await page.locator('.quote code').waitFor();
    empty.candour('import', 'accounts', file('accounts.csv', 'ref,name,segment,owner_email,owner_name\nA-1,Moss Freight,reliable,ines@halden.example,Ines Ferrer\n'));
    empty.candour('import', 'contacts', file('contacts.csv', 'account_ref,name,email,level,language\nA-1,Dele Okafor,dele@moss.example,managerial,en\n'));
    await empty.api('/surveys', { body: { id: 'first', from: 'Halden Systems', languages: { en: { question: 'How likely are you to recommend us?' } } } });
    await empty.api('/campaigns', { body: { plugin: 'relationship_nps', audience: { all: true } } });
    await today();
    await page.getByText('5 of 7').waitFor();

    // The first answer, and what becomes of it.
    const customer = await browser.person({ signedIn: false });
    await customer.goto(empty.candour('survey', 'link', 'first', '--contact', 'dele@moss.example').trim().split('\n').at(-1));
    await customer.getByRole('radio').nth(2).check();
    await customer.getByRole('textbox').first().fill('Nobody ever calls back.');
    await customer.waitForFunction(() => performance.now() > 1_700);
    await customer.locator('.go > button').last().click();
    await until('it is an item', async () => (await empty.api('/items')).items.length === 1);
    const move = async (name, body = {}) => { const { version } = await empty.api('/items/LP-1'); return empty.api(`/items/LP-1/${name}`, { body, version }); };
    await move('hear', { text: 'You are not called back.', mail: false });
    await move('decide', { will_change: true, text: 'One of us calls within a day.', why: 'You asked for it.', by: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) });
    await move('change', { text: 'Ines calls you.' });
    await move('tell');
    await until('the mail has left', async () => (await empty.api('/items/LP-1')).state === 'told');
    await customer.goto((await empty.api('/items/LP-1')).page_url);
    await customer.waitForFunction(() => performance.now() > 1_700);
    await customer.getByRole('button', { name: /Yes/ }).click();
    await page.getByRole('region', { name: 'First steps' }).waitFor({ state: 'detached' }); // the page hears of it by itself
  } finally {
    for (const context of browser.browser.contexts()) await context.close(); // a page that loses its host complains
    await empty.close();
  }
});

besideStory('Who wants no guide puts it away', async (house, browser) => {
  const empty = await openHouse(house.program, { demo: false });
  try {
    const page = await browser.person({ signedIn: false });
    await page.goto(empty.console + linkIn(empty.candour('user', 'first')));
    await page.getByLabel('E-mail address').fill('boss@halden.example');
    await page.getByLabel('Name, as customers read it').fill('Bo Ssmann');
    await page.getByLabel('New password').fill('gentle otters count rivers');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Put this away' }).click();
    await page.getByRole('region', { name: 'First steps' }).waitFor({ state: 'detached' });
    expect('for good', (await empty.api('/first-steps')).dismissed_at !== null);
  } finally {
    for (const context of browser.browser.contexts()) await context.close(); // a page that loses its host complains
    await empty.close();
  }
});
