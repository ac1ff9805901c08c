// A rule with fields: written, tried on the past, put in force, and changed again without a line of JSON.
import { flawsOf } from '../browser.mjs';
import { equal, story } from '../story.mjs';

story('A rule is written with fields, tried on the past and put in force; the others stay as they are', async (house, browser) => {
  const before = await house.api('/rules');
  const owner = (await house.api('/teammates')).teammates.find((each) => each.deactivated_at === null);
  const page = await browser.person();
  await page.visit('/settings/rules');
  await page.getByRole('button', { name: 'New rule' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Put it among the rules' }).click();
  await dialog.getByText('A rule needs a name').waitFor();
  await dialog.getByLabel('What the rule is called').fill('Bills of executives');
  await dialog.getByLabel('Score at or below').selectOption('4');
  await dialog.getByLabel('There is a comment').check();
  await dialog.getByLabel('Executive').check();
  await dialog.getByLabel('One of these words').fill('invoic*, bill');
  await dialog.getByLabel('Who owns it').selectOption(owner.email);
  await dialog.getByLabel('Hear').fill('1');
  equal('the dialog is without fault', await flawsOf(page), []);
  await dialog.getByRole('button', { name: 'Put it among the rules' }).click();
  await dialog.waitFor({ state: 'detached' });
  equal('nothing is in force yet', (await house.api('/rules')).version, before.version);
  equal('the page is without fault', await flawsOf(page), []);
  await page.getByRole('button', { name: 'Try them' }).click();
  await page.getByText(/^Of \d+ answers/).waitFor();
  await page.getByRole('button', { name: 'Put them in force' }).click();
  await page.getByText(`Version ${before.version + 1},`).waitFor();
  const inForce = await house.api('/rules');
  equal('the new one goes first', [inForce.rules[0].name, inForce.rules[0].when.words, inForce.rules[0].then.due.hear_days], ['Bills of executives', ['invoic*', 'bill'], 1]);
  equal('the others behind it', inForce.rules.slice(1), before.rules);

  await page.getByRole('button', { name: 'Change Bills of executives' }).click();
  equal('as it was written', await dialog.getByLabel('One of these words').inputValue(), 'invoic*, bill');
  await dialog.getByLabel('Hear').fill('3');
  await dialog.getByRole('button', { name: 'Put it among the rules' }).click();
  equal('it is changed where it stands', JSON.parse(await page.getByLabel('Rules (JSON)').inputValue()).map((each) => each.then?.due?.hear_days ?? null)[0], 3);
  await page.getByRole('button', { name: 'Remove Bills of executives' }).click();
  await page.getByRole('button', { name: 'Try them' }).click();
  await page.getByRole('button', { name: 'Put them in force' }).click();
  await page.getByText(`Version ${before.version + 2},`).waitFor();
  equal('the rules are what they were', (await house.api('/rules')).rules, before.rules);
});
