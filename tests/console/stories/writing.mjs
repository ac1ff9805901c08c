import { equal, expect, story } from '../story.mjs';

story('What somebody was writing outlives a reload and a sign-out', async (house, browser) => {
  const page = await browser.person();
  await page.visit('/inbox');
  const words = page.getByLabel('What you heard');
  await words.fill('Half a sentence');
  await page.reload();
  equal('after a reload', await words.inputValue(), 'Half a sentence');
  await page.evaluate(() => localStorage.removeItem('candour.token'));
  await page.goto(`${house.console}/settings/me`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.visit('/inbox'); // the test's browser brings its token again
  equal('after a sign-out', await words.inputValue(), 'Half a sentence');
  await words.fill('');
});

story('A refused token shows a bar, leads to the sign-in and back', async (house, browser) => {
  const made = await house.api('/tokens', { body: { name: 'short', scope: 'read' } });
  const page = await browser.person({ signedIn: false });
  await page.goto(`${house.console}/sign-in#token=${made.token}`);
  await page.getByRole('heading', { name: 'Today' }).waitFor(); // nobody is asked for what the address brought
  equal('the token is not in the address', await page.evaluate(() => location.href.includes('cdr_')), false);
  await page.visit('/loop?view=list');
  await house.api(`/tokens/${made.id}/revoke`, { body: {} });
  await page.getByRole('link', { name: 'Inbox' }).click();
  const bar = page.getByRole('alert').filter({ hasText: 'no longer accepted' });
  await bar.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'With an API token' }).click();
  await page.getByLabel('API token').fill(house.token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Inbox' }).waitFor();
});

story('A line that was cut is noticed by the first question, and mends by itself', async (house, browser) => {
  const page = await browser.person();
  await page.visit('/loop');
  await page.locator('.card').first().waitFor();
  await page.route('**/api/**', (route) => route.abort());
  await page.getByRole('link', { name: 'Accounts' }).click();
  const bar = page.locator('main > .bar');
  await bar.waitFor();
  await page.getByText('The host cannot be reached').first().waitFor();
  await page.unroute('**/api/**');
  await bar.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Brass Otter Instruments' }).waitFor();
  browser.takeComplaints(); // the browser says of each question that it did not arrive
});

story('A token that may only read is told so, and nothing is lost', async (house, browser) => {
  const made = await house.api('/tokens', { body: { name: 'reader', scope: 'read' } });
  const page = await browser.person({ signedIn: false });
  await page.goto(`${house.console}/sign-in#token=${made.token}`);
  await page.visit('/inbox');
  await page.getByLabel('What you heard').fill('You wait too long.');
  await page.getByRole('region', { name: 'What they said' }).getByRole('button', { name: 'Say what you heard' }).click();
  await page.getByText('Your token may not do this').waitFor();
  equal('the words are still there', await page.getByLabel('What you heard').inputValue(), 'You wait too long.');
});

story('German is German from the first page on', async (house, browser) => {
  const page = await browser.person({ locale: 'de-DE' });
  await page.visit('/loop');
  equal('the language of the page', await page.evaluate(() => document.documentElement.lang), 'de');
  await page.getByRole('heading', { name: 'Schleife' }).waitFor();
  await page.getByRole('link', { name: 'Einstellungen' }).click();
  await page.getByLabel('Sprache').selectOption('en');
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
});

story('A theme tells many, after showing to whom', async (house, browser) => {
  const page = await browser.person();
  const [one, two] = (await house.api('/items?state=raised&limit=2')).items;
  await page.visit('/themes?new=yes');
  await page.getByLabel('Name of the theme').fill('Nobody knows whom to call');
  await page.getByRole('button', { name: 'Begin the theme' }).click();
  await page.getByRole('button', { name: 'Add items' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Which items').fill(`${one.alias}, ${two.alias}`);
  await dialog.getByRole('button', { name: 'Add items' }).click();
  await page.getByRole('link', { name: one.contact.name }).waitFor();
  await page.getByRole('button', { name: 'Say what you heard' }).click();
  await dialog.getByLabel('What you heard').fill('You do not know whom to call.');
  await dialog.getByRole('button', { name: 'Show what would happen' }).click();
  await dialog.getByText('It would be done for 2 items:').waitFor();
  equal('nothing happened yet', (await house.api(`/items/${one.alias}`)).state, 'raised');
  await dialog.getByRole('button', { name: 'Say what you heard' }).click();
  await dialog.waitFor({ state: 'detached' });
  for (const item of [one, two]) equal(`${item.alias} now`, (await house.api(`/items/${item.alias}`)).state, 'heard');
});

story('A campaign says whom it would ask before it asks anybody', async (house, browser) => {
  const page = await browser.person();
  await page.visit('/campaigns?new=yes');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Executive').check();
  await dialog.getByRole('button', { name: 'Who would be asked' }).click();
  const would = await dialog.getByText(/^\d+ people would be asked$/).textContent();
  equal('nobody was asked', (await house.api('/campaigns')).campaigns.length, 0);
  await dialog.getByRole('button', { name: /^Ask \d+ people$/ }).click();
  await page.getByRole('heading', { name: 'Everybody it names, and why' }).waitFor();
  const [campaign] = (await house.api('/campaigns')).campaigns;
  expect('as many as it said', would.startsWith(`${campaign.progress.asked} `));
});
