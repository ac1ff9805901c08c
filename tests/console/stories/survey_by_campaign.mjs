// A survey of ours goes out by campaign: from the editor to the answer that the campaign counts.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flawsOf } from '../browser.mjs';
import { until } from '../house.mjs';
import { equal, expect, story } from '../story.mjs';

const kAddress = 'wren.ashdown@tern-works.example';
const kTitle = 'Does it work for you now?';

/** Somebody whom nobody has asked anything yet. */
function newcomer(house) {
  const folder = mkdtempSync(join(tmpdir(), 'candour-tern-'));
  const bring = (what, text) => { const file = join(folder, `${what}.csv`); writeFileSync(file, text); house.candour('import', what, file); };
  bring('accounts', 'ref,name,segment\nT-1,Tern Works,reliable\n');
  bring('contacts', `account_ref,name,email,level,language\nT-1,Wren Ashdown,${kAddress},managerial,en\n`);
}
async function linkIn(house) {
  let mail;
  await until('the mail left', async () => {
    const list = await (await fetch(`${house.url}/demo/mail`)).text();
    [, mail] = new RegExp(`<td>[^<]*${kAddress}[^<]*</td><td><a href="(/demo/mail/msg_[^"]+)"`).exec(list) ?? [];
    return mail !== undefined;
  });
  const [, link] = /(\/s\/[0-9a-z]{20,})/.exec(await (await fetch(house.url + mail)).text());
  return house.url + link;
}
async function write(page) {
  await page.visit('/surveys/new?ready=after-closing');
  await page.getByLabel('Short name').fill('works-now');
  await page.getByRole('region', { name: 'This question' }).getByLabel('Question').fill(kTitle);
  await page.getByRole('button', { name: 'Save the survey' }).click();
  await page.getByText('The survey is saved').waitFor();
}
async function send(house, page) {
  await page.getByRole('link', { name: 'Send by campaign…' }).click();
  const dialog = page.getByRole('dialog');
  const question = dialog.getByLabel('What is asked');
  equal('the survey is chosen', await question.locator('option:checked').innerText(), kTitle);
  expect('beside the other question', (await question.locator('option').allInnerTexts()).includes('Relationship NPS'));
  await dialog.getByLabel('Only one person').check();
  equal('nobody is nobody, not everybody', await dialog.getByRole('button', { name: 'Who would be asked' }).isDisabled(), true);
  await dialog.getByLabel('Person', { exact: true }).fill(kAddress);
  await dialog.getByText('Wren Ashdown, Tern Works').waitFor();
  await dialog.getByRole('button', { name: 'Who would be asked' }).click();
  await dialog.getByText('1 person would be asked').waitFor();
  const sheet = dialog.locator('.sheet').first();
  await until('the mail as they get it', async () => (await sheet.evaluate((box) => box.shadowRoot?.textContent ?? '').catch(() => '')).includes('Wren'));
  await dialog.getByText('The pages that its links lead to').click();
  const pages = dialog.locator('details .sheet');
  await until('the question as they see it', async () => (await pages.evaluate((box) => box.shadowRoot?.textContent ?? '').catch(() => '')).includes(kTitle));
  await dialog.getByRole('button', { name: 'Page 2' }).click();
  await until('the next page', async () => (await pages.evaluate((box) => box.shadowRoot.textContent)).includes('What is still missing?'));
  equal('the dialog is without fault', await flawsOf(page), []);
  await dialog.getByRole('button', { name: 'Send me a test' }).click();
  await page.getByText('A test is on its way to').waitFor();
  const before = (await house.api('/campaigns')).campaigns.length;
  await dialog.getByRole('button', { name: 'Ask 1 person' }).click();
  await page.getByRole('heading', { name: kTitle, level: 1 }).waitFor();
  const { campaigns } = await house.api('/campaigns');
  equal('one campaign more', campaigns.length, before + 1);
  equal('of the survey', [campaigns[0].plugin, campaigns[0].about, campaigns[0].progress.asked], ['surveys', 'works-now', 1]);
  return campaigns[0].id;
}
async function answer(page, link) {
  await page.goto(link);
  await page.getByText(kTitle).first().waitFor();
  await page.getByRole('radio', { name: 'In part' }).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'What is still missing?' }).waitFor();
  await page.getByRole('textbox').first().click();
  await page.keyboard.type('The labels still print twice.', { delay: 60 }); // whoever is faster than a person counts as none
  await page.getByRole('button', { name: 'Send my answer' }).click();
  await page.getByText('We will take it up again.').waitFor();
}

story('A survey from the editor goes out by campaign to one person, and their answer counts in it', async (house, browser) => {
  newcomer(house);
  const page = await browser.person({ me: (await house.api('/teammates')).teammates[0].id });
  await write(page);
  const campaign = await send(house, page);
  await until('it left', async () => (await house.api(`/campaigns/${campaign}`)).progress.sent === 1);
  equal('nobody has answered yet', (await house.api(`/campaigns/${campaign}`)).progress.answered, 0);
  await answer(await browser.person({ signedIn: false }), await linkIn(house));
  await until('the answer counts', async () => (await house.api(`/campaigns/${campaign}`)).progress.answered === 1);
  await page.visit(`/campaigns/${campaign}`);
  await page.getByRole('heading', { name: kTitle, level: 1 }).waitFor();
  await page.getByText('Survey works-now. 1 person').waitFor();
  await page.getByRole('img', { name: '1 of 1 sent, 1 answered' }).waitFor();
  await page.getByText('What they get').click();
  const sheet = page.locator('details .sheet').first();
  await until('the mail that they got', async () => (await sheet.evaluate((box) => box.shadowRoot?.textContent ?? '').catch(() => '')).includes('Wren'));
  equal('its page is without fault', await flawsOf(page), []);
  await page.visit('/campaigns');
  await page.getByRole('link', { name: kTitle }).waitFor();
  await until('it stands among the answers', async () => (await house.api(`/answers?campaign=${campaign}`)).answers.length > 0);
  const [said] = (await house.api(`/answers?campaign=${campaign}`)).answers;
  equal('whose answer it is', [said.source, said.contact.email], ['surveys', kAddress]);
  expect('by a person', said.class !== 'likely_bot');
});

story('A survey comes round by itself, and the list says which one', async (house, browser) => {
  house.candour('survey', 'add', '--ready', 'after-closing', '--id', 'each-quarter', '--from', 'Halden Systems');
  const { question } = (await house.api('/surveys')).surveys.find((each) => each.id === 'each-quarter');
  const page = await browser.person();
  await page.visit('/campaigns?new=schedule');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What is asked').selectOption('surveys/each-quarter'); // another story has one of the same title
  await dialog.getByText('Whoever opens the mail gets the survey as it stands then; now it is version 1.').waitFor();
  await dialog.getByRole('button', { name: 'When it would come round' }).click();
  await dialog.getByText('It would begin at these times:').waitFor();
  await dialog.getByRole('button', { name: 'Let it come round' }).click();
  const list = page.getByRole('region', { name: 'What comes round' });
  await list.getByRole('heading', { name: `${question}: Every three months` }).waitFor();
  const { schedules } = await house.api('/campaign-schedules');
  equal('which survey', [schedules[0].plugin, schedules[0].about], ['surveys', 'each-quarter']);
  await list.getByRole('listitem').filter({ hasText: question }).getByRole('button', { name: 'End it' }).click();
  await until('it has ended', async () => (await house.api('/campaign-schedules')).schedules[0].state === 'ended');
});
