import { equal, expect, story } from '../story.mjs';

const raised = async (house) => (await house.api('/items?state=heard&limit=50')).items;

story('Two people decide at once: nobody’s words are lost', async (house, browser) => {
  const [item] = await raised(house);
  const [mine, theirs] = [await browser.person(), await browser.person()];
  for (const page of [mine, theirs]) await page.visit(`/item/${item.alias}`);
  const write = async (page, text) => {
    const composer = page.getByRole('region', { name: 'Write' });
    await composer.getByLabel('We will not change it').check();
    await composer.getByLabel('The decision, in one or two sentences').fill(text);
    await composer.getByLabel('Why').fill('The press needs it this way.');
    return composer.getByRole('button', { name: 'Record the decision' });
  };
  const press = await write(mine, 'My decision.');
  await (await write(theirs, 'Their decision.')).click();

  // I see what they did at once, and keep what I was writing.
  await mine.getByRole('listitem').filter({ hasText: 'Their decision.' }).first().waitFor();
  equal('my words stay', await mine.getByLabel('The decision, in one or two sentences').inputValue(), 'My decision.');
  await press.click();
  const conflict = mine.getByRole('alert').filter({ hasText: 'was faster' });
  await conflict.getByText('Their decision.').waitFor();
  await conflict.getByText('My decision.').waitFor();
  equal('theirs stands', (await house.api(`/items/${item.alias}`)).version, item.version + 1);

  // Mine cannot follow any more, so it is kept where only we read it.
  await conflict.getByRole('button', { name: 'Keep mine as an internal note' }).click();
  await mine.getByText('Only your team sees this').first().waitFor();
  const { history } = await house.api(`/items/${item.alias}`);
  equal('my words are a note', history.at(-1).event, 'noted');
  expect('all of them', history.at(-1).content.text?.includes('My decision.') || history.at(-1).content.note?.includes('My decision.'));
});

story('A note and a word to the customer are two things', async (house, browser) => {
  const item = (await raised(house)).at(-1);
  const page = await browser.person();
  await page.visit(`/item/${item.alias}`);
  const composer = page.getByRole('region', { name: 'Write' });
  await composer.getByRole('button', { name: 'Internal note' }).click();
  await composer.getByLabel('Note', { exact: true }).fill('He is on holiday until Monday.');
  await composer.getByRole('button', { name: 'What did you decide?' }).click();
  equal('the note did not come along', await composer.getByLabel('The decision, in one or two sentences').inputValue(), '');
  await composer.getByRole('button', { name: 'Internal note' }).click();
  await composer.getByRole('button', { name: 'Add note' }).click();
  await page.getByText(`${item.alias}: note added`).waitFor();
  const whole = await house.api(`/items/${item.alias}`);
  equal('it is a note', whole.history.at(-1).event, 'noted');
  const theirs = await (await fetch(whole.page_url)).text();
  expect('the customer never sees it', !theirs.includes('holiday'));
});
