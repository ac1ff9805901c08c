// The board, somebody else's open draft, what a customer gets before it leaves, and what stands around an account.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { flawsOf } from '../browser.mjs';
import { until } from '../house.mjs';
import { equal, expect, story } from '../story.mjs';

/** Somebody of ours in a browser of their own: another token is another person. */
async function colleague(house, browser, name) {
  const { token } = await house.api('/tokens', { body: { name, scope: 'read,write,send' } });
  return Object.assign(Object.create(browser), { house: { ...house, token } }).person();
}
/** As a hand does it: Chromium takes hold of a card when the pointer has moved a little. */
async function drag(page, card, column) {
  await card.scrollIntoViewIfNeeded();
  const [from, to] = [await card.boundingBox(), await column.boundingBox()];
  await page.mouse.move(from.x + 60, from.y + 60);
  await page.mouse.down();
  await page.mouse.move(from.x + 70, from.y + 66, { steps: 4 });
  await page.mouse.move(to.x + 60, Math.max(to.y, 0) + 120, { steps: 6 });
  await page.mouse.up();
}
const heard = async (house) => (await house.api('/items?state=heard&limit=50')).items;

story('The board counts its columns, says how long loops stay in them, and a card is dragged to where its step leads', async (house, browser) => {
  const page = await browser.person();
  await page.visit('/loop');
  const { counts, pace } = await house.api('/items/counts');
  const wanted = counts.find((each) => each.state === 'heard').items;
  await page.locator('[data-stage="heard"] .n').waitFor();
  equal('heard', Number(await page.locator('[data-stage="heard"] .n').innerText()), wanted);
  expect('a median that the API has is shown', pace.every((each) => each.state !== 'heard') || (await page.locator('[data-stage="heard"] .pace').innerText()).startsWith('median'));
  for (const stage of ['heard', 'decided', 'changed']) {
    const cards = page.locator(`[data-stage="${stage}"] .card`);
    await until(`every item of ${stage} is there, also what only waits for its message to leave`, async () => {
      await cards.last().scrollIntoViewIfNeeded();
      return (await cards.count()) === (await house.api('/items/counts')).counts.find((each) => each.state === stage).items;
    });
  }
  const card = page.locator('[data-stage="heard"] .card').first();
  const alias = await card.getAttribute('data-item');
  await drag(page, card, page.locator('[data-stage="changed"]'));
  equal('nothing opens where it does not lead', await page.getByRole('dialog').count(), 0);
  await drag(page, card, page.locator('[data-stage="decided"]'));
  const dialog = page.getByRole('dialog');
  await dialog.getByText(alias).first().waitFor();
  await dialog.getByLabel('We will not change it').check();
  await dialog.getByLabel('The decision, in one or two sentences').fill('We keep it.');
  await dialog.getByLabel('Why').fill('Others need it so.');
  await dialog.getByRole('button', { name: 'Record the decision' }).click();
  await page.locator(`[data-stage="decided"] [data-item="${alias}"]`).waitFor();
  await until('the count follows', async () => Number(await page.locator('[data-stage="heard"] .n').innerText()) === wanted - 1);
});

story('Somebody else’s open draft is shown within a second, and goes when they stop; no word of it leaves their browser', async (house, browser) => {
  const item = (await heard(house)).at(-1);
  const [mine, theirs] = [await browser.person(), await colleague(house, browser, 'Jonas')];
  for (const page of [mine, theirs]) await page.visit(`/item/${item.alias}`);
  const asked = [];
  theirs.on('request', (request) => { if (request.method() === 'POST') asked.push(request.postData() ?? ''); });
  await theirs.getByRole('region', { name: 'Write' }).getByLabel('The decision, in one or two sentences').fill('A secret thought');
  await mine.getByText('Jonas is writing about this just now').first().waitFor();
  equal('they do not hear of themselves', await theirs.getByText('Jonas is writing').count(), 0);
  expect('no word of it', asked.length > 0 && asked.every((each) => !each.includes('secret')));
  equal('the item is as it was', (await house.api(`/items/${item.alias}`)).version, item.version);
  await theirs.getByRole('region', { name: 'Write' }).getByLabel('The decision, in one or two sentences').fill('');
  await mine.getByText('Jonas is writing').first().waitFor({ state: 'detached' });
});

story('What one of us heard is written down with a key, and its mail is seen before it leaves', async (house, browser) => {
  const page = await browser.person();
  await page.visit('/today');
  await page.locator('main h1').focus();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Write it down' }).click();
  equal('three things are missing', await dialog.locator('.wrong').count(), 3);
  await dialog.getByLabel('Who said it').fill('ada.lovett@brass-otter.example');
  await dialog.getByLabel('In their own words').fill('Your invoices are hard to read.');
  await dialog.getByLabel('How you spoke').fill('phone');
  await dialog.getByRole('status').filter({ hasText: 'Ada Lovett' }).waitFor();
  await dialog.getByRole('button', { name: 'Write it down' }).click();
  await page.getByText(/LP-\d+: written down/).waitFor();
  await page.getByText(/Written down by .* \(phone\)/).waitFor();
  const write = page.getByRole('region', { name: 'Write' });
  await write.locator('textarea').first().fill('You cannot tell what you pay for.');
  const letter = write.getByRole('region', { name: 'What goes out' });
  await letter.getByText('ada.lovett@brass-otter.example').waitFor();
  const sheet = letter.locator('.sheet');
  await until('the mail says it', async () => (await sheet.evaluate((box) => box.shadowRoot?.textContent ?? '')).includes('You cannot tell what you pay for.'));
  equal('its own style holds', await sheet.evaluate((box) => getComputedStyle(box.shadowRoot.querySelector('.card')).borderTopLeftRadius), '14px');
  await letter.getByRole('button', { name: 'Dark' }).click();
  await until('the dark one', async () => (await sheet.evaluate((box) => getComputedStyle(box.shadowRoot.querySelector('.card')).backgroundColor)) === 'rgb(21, 27, 24)');
  await letter.getByRole('button', { name: 'On a phone' }).click();
  expect('a phone is narrow', (await sheet.evaluate((box) => box.clientWidth)) <= 360);
  equal('no flaw', await flawsOf(page), []);
  await letter.getByRole('button', { name: 'Text' }).click();
  await letter.getByText('You cannot tell what you pay for.').waitFor();
});

story('An account shows who of us knows whom of them, and what they answered', async (house, browser) => {
  const account = (await house.api('/accounts?q=Brass')).accounts[0];
  const { contacts } = await house.api(`/contacts?account=${account.id}`);
  const { teammates } = await house.api('/teammates');
  const file = join(tmpdir(), `candour-touchpoints-${process.pid}.csv`);
  const day = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const rows = contacts.filter((each) => each.email).flatMap((each, n) => Array.from({ length: 1 + (n % 3) }, (_, k) => `web-${n}-${k},${account.ref},${['meeting', 'call', 'mail'][k % 3]},${day(3 + n + k)},30,${each.email},${teammates[n % Math.min(3, teammates.length)].email}`));
  writeFileSync(file, `ref,account_ref,kind,at,minutes,contacts,teammates\n${rows.join('\n')}\n`);
  house.candour('import', 'touchpoints', file);
  const { threads } = await house.api(`/accounts/${account.ref}/threads`);
  expect('threads', threads.length > 1 && threads[0].touches >= threads.at(-1).touches);
  const page = await browser.person({ width: 1440 });
  await page.visit(`/accounts/${account.id}`);
  const first = threads[0];
  const them = page.locator('.web .them').filter({ hasText: first.contact.name });
  await them.waitFor();
  equal('a line for each thread that is alive', await page.locator('.web path.th').count(), threads.filter((each) => each.touches > 0 && each.contact.active).length);
  await them.focus();
  expect('other lines step back, and whoever knows them stands out', (await page.locator('.web path.dim').count()) > 0 && (await page.locator('.web .us.lit').count()) > 0);
  await page.getByRole('heading', { name: 'Answers lately' }).waitFor();
  equal('in the light', await flawsOf(page), []);
  await page.emulateMedia({ colorScheme: 'dark' });
  equal('in the dark', await flawsOf(page, ['color-contrast']), []);
  await page.setViewportSize({ width: 320, height: 700 });
  await page.locator('.tiers .row').first().waitFor();
  equal('320 px', await flawsOf(page, ['target-size', 'color-contrast']), []);
});

story('A campaign is seen as each mail will be, its words are changed, and another comes round by itself', async (house, browser) => {
  const page = await browser.person();
  await page.visit('/campaigns?new=schedule');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reminders, days after').fill('7');
  await dialog.getByRole('button', { name: 'When it would come round' }).click();
  await dialog.getByText('It would begin at these times:').waitFor();
  expect('several times', (await dialog.locator('ol li').count()) > 1);
  const sheet = dialog.locator('.sheet').first();
  await until('the mail is there', async () => (await sheet.evaluate((box) => box.shadowRoot?.textContent?.length ?? 0).catch(() => 0)) > 40);
  await dialog.getByText('The pages that its links lead to').click();
  const answering = dialog.locator('details .sheet');
  await until('the question', async () => (await answering.evaluate((box) => box.shadowRoot?.querySelectorAll('input[type="radio"]').length ?? 0).catch(() => 0)) >= 11);
  await dialog.getByRole('button', { name: 'The thanks' }).click();
  await until('the thanks', async () => (await answering.evaluate((box) => box.shadowRoot.querySelector('form') === null)));
  equal('the dialog is without fault', await flawsOf(page), []);
  await dialog.getByLabel('Which mail').selectOption('1');
  await dialog.getByRole('button', { name: 'Let it come round' }).click();
  const list = page.getByRole('region', { name: 'What comes round' });
  await list.getByText('Every three months, first Tuesday').waitFor();
  const { schedules } = await house.api('/campaign-schedules');
  equal('it reminds after a week', schedules[0].reminders, [7]);
  await list.getByRole('button', { name: 'Pause' }).first().click();
  await list.getByText('Paused').first().waitFor();
  await list.getByRole('button', { name: 'Make an address for calendars' }).click();
  const ics = await list.getByLabel('Address of the calendar').inputValue();
  expect('a calendar', (await (await fetch(house.url + new URL(ics).pathname)).text()).startsWith('BEGIN:VCALENDAR'));
  await list.getByRole('button', { name: 'End it' }).first().click();
  await list.getByText('Ended').first().waitFor();
  equal('the page is without fault', await flawsOf(page), []);

  const { id } = await house.api('/campaigns', { body: { plugin: 'relationship_nps', audience: { all: true }, at: new Date(Date.now() + 3_600_000).toISOString(), not_after: new Date(Date.now() + 90_000_000).toISOString() } });
  await until('it is planned', async () => (await house.api(`/campaigns/${id}`)).planning === null);
  if ((await house.api(`/campaigns/${id}`)).progress.waiting > 0) {
    await page.visit(`/campaigns/${id}`);
    await page.getByRole('button', { name: 'Change the words' }).click();
    for (const language of ['English', 'German', 'French', 'Spanish']) {
      await dialog.getByRole('button', { name: language }).click();
      await dialog.getByLabel('Subject').fill('Two minutes for us?');
    }
    await until('the preview says so', async () => (await dialog.locator('dd').allInnerTexts()).includes('Two minutes for us?'));
    await dialog.getByRole('button', { name: 'Use these words' }).click();
    await page.getByText('The words are changed').waitFor();
    equal('they are', (await house.api(`/campaigns/${id}`)).words.invitation.en.subject, 'Two minutes for us?');
    await house.api(`/campaigns/${id}/cancel`, { body: {} });
  }
});

story('A theme shows each customer’s own mail before any of them leaves', async (house, browser) => {
  const raised = (await house.api('/items?state=raised&limit=100')).items;
  const items = [raised[0], raised.find((each) => each.contact.id !== raised[0].contact.id)];
  const { alias } = await house.api('/themes', { body: { title: 'Bills nobody can read' } });
  await house.api(`/themes/${alias}/add`, { body: { items: items.map((each) => each.alias) } });
  const page = await browser.person();
  await page.visit(`/themes/${alias}`);
  await page.getByRole('button', { name: 'Say what you heard' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('textarea').first().fill('Your bills do not say what they are for.');
  await dialog.getByRole('button', { name: 'Show what would happen' }).click();
  const letter = dialog.getByRole('region', { name: 'What goes out' });
  const shown = async () => `${await letter.locator('dd').first().innerText()} ${await letter.locator('.sheet').evaluate((box) => box.shadowRoot?.textContent ?? '')}`;
  for (const item of items) {
    await dialog.getByLabel('The mail about').selectOption(item.alias);
    await until(`the mail to ${item.contact.name}`, async () => (await shown()).includes(item.contact.name) && (await shown()).includes('Your bills do not say what they are for.'));
  }
  equal('nobody has heard anything yet', (await house.api(`/items/${items[0].alias}`)).state, 'raised');
  equal('the dialog is without fault', await flawsOf(page), []);
  await dialog.getByRole('button', { name: 'Say what you heard' }).click();
  await until('both were told', async () => (await Promise.all(items.map((each) => house.api(`/items/${each.alias}`)))).every((each) => each.state === 'heard'));
});
