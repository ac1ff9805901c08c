import { until } from '../house.mjs';
import { equal, expect, story } from '../story.mjs';

const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');

story('The whole way without a mouse', async (house, browser) => {
  const page = await browser.person();
  await page.visit('/today');
  await page.keyboard.press('Tab');
  equal('the first stop skips to the content', await focused(page), 'Skip to content');
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.waitForURL('**/loop');
  await until('focus goes to the new heading', async () => (await focused(page)) === 'Loop');
  await page.locator('[data-stage="heard"] [data-row]').first().waitFor();

  // Down two cards and up one: the first card has the focus, and Enter opens it.
  for (const key of ['j', 'j', 'k']) await page.keyboard.press(key);
  const alias = await page.evaluate(() => document.activeElement.closest('[data-item]').dataset.item);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/item/${alias}`);
  await page.getByRole('region', { name: 'Write' }).waitFor();

  // N writes a note: the keys are letters while one types.
  await page.keyboard.press('n');
  await until('the note has the focus', () => page.evaluate(() => document.activeElement?.tagName === 'TEXTAREA'));
  await page.keyboard.type('? jk g l /');
  equal('no shortcut ran', page.url().endsWith(`/item/${alias}`) && (await page.getByRole('dialog').count()) === 0, true);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText(`${alias}: note added`).waitFor();

  // M asks the next question in a dialog; Escape gives the focus back.
  await page.locator('main h1').focus();
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  expect('it is modal', await dialog.evaluate((element) => element.matches(':modal')));
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  equal('the focus is where it was', await page.evaluate(() => document.activeElement?.tagName), 'H1');

  // Find or do.
  await page.keyboard.press('/');
  const palette = page.getByRole('combobox', { name: 'Find or do' });
  await palette.waitFor();
  await page.keyboard.type('zzzz');
  await page.getByText('Nothing matches').waitFor();
  await palette.fill('Brass Otter');
  await page.getByRole('option', { name: /Brass Otter Instruments Account/ }).waitFor();
  for (let step = 0; step < 8 && !/Account/.test((await page.locator('[role=option][aria-selected=true]').textContent()) ?? ''); ++step) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Brass Otter Instruments', level: 1 }).waitFor();

  // The chart speaks its interval, wave by wave.
  const wave = page.getByRole('slider', { name: /wave/ }).first();
  await wave.focus();
  const now = await wave.getAttribute('aria-valuetext');
  await page.keyboard.press('ArrowLeft');
  await until('another wave is read', async () => (await wave.getAttribute('aria-valuetext')) !== now);
  expect('with its interval', /likely .+ to .+ counted/.test(await wave.getAttribute('aria-valuetext')));

  await page.locator('main h1').focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
});

story('On the board the keys speak of the card that has the focus, and Escape clears the filters', async (house, browser) => {
  const page = await browser.person();
  await page.visit('/loop');
  await page.locator('[data-stage="heard"] [data-row]').first().waitFor();
  await page.keyboard.press('j');
  const alias = await page.evaluate(() => document.activeElement.closest('[data-item]').dataset.item);
  for (const [key, title] of [['a', 'Hand over'], ['n', 'Internal note'], ['m', 'What did you decide?']]) {
    await page.keyboard.press(key);
    const dialog = page.getByRole('dialog', { name: title });
    await dialog.getByText(alias).first().waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    equal(`the focus is back after ${key}`, await page.evaluate(() => document.activeElement.closest('[data-item]')?.dataset.item), alias);
  }
  await page.visit('/today');
  await page.locator('[data-item]').first().waitFor();
  await page.locator('main h1').focus();
  await page.keyboard.press('j');
  const here = await page.evaluate(() => document.activeElement.closest('[data-item]').dataset.item);
  await page.keyboard.press('n');
  await page.getByRole('dialog', { name: 'Internal note' }).getByText(here).waitFor(); // a list of Today speaks the same keys
  await page.keyboard.press('Escape');
  await page.visit('/loop?q=zzzz');
  await page.getByText('Nothing fits these filters').first().waitFor();
  await page.locator('main h1').focus();
  await page.keyboard.press('Escape');
  await page.locator(`[data-item="${alias}"]`).waitFor();
  equal('no filter is left', new URL(page.url()).search, '');
});

story('Single keys can be switched off', async (house, browser) => {
  const page = await browser.person();
  await page.visit('/settings/me');
  await page.getByLabel('Single-key shortcuts').uncheck();
  await page.locator('main h1').focus();
  await page.keyboard.press('?');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find or do' }).waitFor();
  equal('only the palette opened', await page.getByRole('dialog').count(), 1);
});
