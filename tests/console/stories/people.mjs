// Customers and their people: how they come in, how they are found again, and what is put right about them.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flawsOf } from '../browser.mjs';
import { equal, expect, story } from '../story.mjs';

const folder = mkdtempSync(join(tmpdir(), 'candour-people-'));
const file = (name, text) => { writeFileSync(join(folder, name), text); return join(folder, name); };
const only = async (house, q) => (await house.api(`/accounts?q=${encodeURIComponent(q)}`)).accounts;

story('Customers come in from a file: first it is said what would come in, and which line is wrong', async (house, browser) => {
  const page = await browser.person();
  await page.visit('/settings/import');
  await page.getByLabel('The file', { exact: true }).setInputFiles(file('kunden.csv', 'ref;name;segment\nI-1;"Quill, Quire & Co";reliable\nI-2;;edge\nI-3;Slow Post;nonsense\n'));
  await page.getByText('1 new, 0 changed, 0 as they were.').waitFor();
  await page.getByText('2 lines cannot be read and are left out:').waitFor();
  equal('the lines', await page.locator('tbody th').allInnerTexts(), ['3', '4']);
  equal('nothing is written yet', (await only(house, 'Quill')).length, 0);
  equal('no flaw', await flawsOf(page), []);
  await page.getByRole('button', { name: 'Bring it in' }).click();
  await page.getByText('It is in.').waitFor();
  equal('it is there', (await only(house, 'Quill')).map((each) => each.name), ['Quill, Quire & Co']);
  await page.getByRole('link', { name: 'Now their people' }).click();
  await page.getByText('One line for each person at an account.').waitFor();
  await page.getByLabel('The file', { exact: true }).setInputFiles(file('people.csv', 'account_ref,name,email,level\nI-1,Dele Okafor,dele@quill.example,managerial\n'));
  await page.getByRole('button', { name: 'Bring it in' }).click();
  await page.getByText('It is in.').waitFor();
  const { contacts } = await house.api(`/contacts?account=${(await only(house, 'Quill'))[0].id}`);
  equal('their people as well', contacts.map((each) => each.email), ['dele@quill.example']);
});

story('An account and a person are added by hand, and a number that is taken changes nothing', async (house, browser) => {
  const page = await browser.person();
  const taken = async () => (await house.api('/audit?act=exported&limit=500')).entries.length;
  const before = await taken();
  await page.visit('/accounts?new=yes');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name of the organisation').fill('Heron & Reed');
  await dialog.getByLabel('Your number for it').fill('D-101');
  await dialog.getByRole('button', { name: 'Add the account' }).click();
  await dialog.getByText('belongs to another account already').waitFor();
  equal('it is as it was', (await only(house, 'D-101'))[0].name, 'Brass Otter Instruments');
  await dialog.getByLabel('Your number for it').fill('H-1');
  await dialog.getByRole('button', { name: 'Add the account' }).click();
  await page.getByRole('heading', { name: 'Heron & Reed', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Add a person' }).click();
  await dialog.getByLabel('Name', { exact: true }).fill('Odile Vane');
  await dialog.getByLabel('E-mail address').fill('odile@heron.example');
  await dialog.getByLabel('Level').selectOption('executive');
  await dialog.getByRole('button', { name: 'Add them' }).click();

  equal('looking at an account takes no data along', await taken(), before);

  // Their page: who they are is put right where one sees it.
  await page.getByRole('link', { name: 'Odile Vane' }).first().click();
  await page.getByRole('heading', { name: 'Odile Vane', level: 1 }).waitFor();
  equal('no flaw', await flawsOf(page), []);
  const details = page.getByRole('region', { name: 'Details' });
  await details.getByRole('button', { name: 'Change' }).click();
  await details.getByLabel('Champion').check();
  await details.getByLabel('Still at this account').uncheck();
  await details.getByRole('button', { name: 'Save' }).click();
  await page.getByText('No longer at this account.').waitFor();
  const [person] = (await house.api('/contacts?q=Odile')).contacts;
  equal('it is kept', [person.roles, person.active, person.level], [['champion'], false, 'executive']);
  await page.visit('/people/con_nobody');
  await page.getByText('There is no such person').first().waitFor();
});

story('Accounts are sorted by what one looks for, and a view is kept under a name', async (house, browser) => {
  const page = await browser.person();
  await page.visit('/accounts');
  const names = () => page.locator('tbody th a:first-child').allInnerTexts();
  await page.locator('tbody tr').first().waitFor();
  await page.getByRole('button', { name: 'Renewal' }).click();
  const renewals = (await house.api('/accounts?limit=1000')).accounts.filter((each) => each.renewal_on).sort((a, b) => a.renewal_on.localeCompare(b.renewal_on));
  await page.locator('th[aria-sort="ascending"]').filter({ hasText: 'Renewal' }).waitFor();
  equal('the next one first', (await names())[0], renewals[0].name);
  await page.getByRole('button', { name: 'Keep this view' }).click();
  await page.getByLabel('Its name').fill('Next renewals');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Next renewals' }).waitFor();
  await page.visit('/accounts');
  await page.getByRole('link', { name: 'Next renewals' }).click();
  await page.locator('th[aria-sort="ascending"]').filter({ hasText: 'Renewal' }).waitFor();
  equal('no flaw', await flawsOf(page), []);
  await page.getByRole('button', { name: 'Forget the view Next renewals' }).click();
  await page.getByRole('link', { name: 'Next renewals' }).waitFor({ state: 'detached' });
});

story('A ready survey becomes one’s own with fields, and what was not touched stays', async (house, browser) => {
  const page = await browser.person({ me: (await house.api('/teammates')).teammates[0].id });
  await page.visit('/surveys/new?ready=after-closing');
  await page.getByLabel('Short name').fill('own-words');
  const chosen = page.getByRole('region', { name: 'This question' });
  await chosen.getByLabel('Question').fill('Is it settled?');
  await page.getByRole('button', { name: 'German' }).click();
  await chosen.getByLabel('Question').fill('Ist es geklärt?');
  await page.getByRole('button', { name: 'Another question on page 1' }).click();
  await chosen.getByLabel('Answered with').selectOption('rating');
  await chosen.getByRole('button', { name: 'Move up' }).click();
  equal('no flaw', await flawsOf(page), []);
  await page.getByRole('button', { name: 'Save the survey' }).click();
  await page.getByText('The survey is saved').waitFor();
  const [saved, before] = await Promise.all([house.api('/surveys/own-words'), house.api('/ready-surveys/after-closing')]);
  equal('the first page', saved.pages[0].questions.map((each) => [each.type, each.text.en ?? '', each.text.de ?? '']), [['rating', 'New question', ''], ['single_choice', 'Is it settled?', 'Ist es geklärt?']]);
  equal('its options and the pages behind', [saved.pages[0].questions[1].options, saved.pages.slice(1)], [before.pages[0].questions[0].options, before.pages.slice(1)]);

  // One of us answers it to the end; nothing of it is kept.
  const answers = house.candour('export', 'answers', '--format', 'jsonl');
  await page.getByRole('button', { name: 'Send me a test' }).click();
  const open = page.getByRole('link', { name: 'Open it at once' });
  await open.waitFor();
  const tried = await browser.person({ signedIn: false });
  await tried.goto(await open.getAttribute('href'));
  await tried.getByText('Is it settled?').waitFor();
  expect('a test page says that it is one', /test/i.test(await tried.locator('body').innerText()));
  equal('nothing is kept', house.candour('export', 'answers', '--format', 'jsonl'), answers);
});
