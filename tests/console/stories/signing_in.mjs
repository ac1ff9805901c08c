import { equal, expect, story } from '../story.mjs';

const password = 'gentle otters count rivers';
const linkIn = (text) => text.trim().replace(/^.*\/sign-in/, '/sign-in');
const first = { email: 'boss@halden.example', name: 'Bo Ssmann' };

story('The first administrator makes themselves known, and is in', async (house, browser) => {
  const page = await browser.person({ signedIn: false });
  await page.goto(house.console + linkIn(house.candour('user', 'first')));
  await page.getByRole('heading', { name: 'The first administrator' }).waitFor();
  equal('the link is not in the address', await page.evaluate(() => location.hash), '');
  await page.getByLabel('E-mail address').fill(first.email);
  await page.getByLabel('Name, as customers read it').fill(first.name);
  await page.getByLabel('New password').fill('short');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('expected 10 to 512 characters').waitFor();
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: /^(Hello|Today)/ }).waitFor();
  equal('no script can read the cookie', await page.evaluate(() => document.cookie), '');
  expect('it is HttpOnly and strict', (await page.context().cookies()).some((each) => each.name === 'candour' && each.httpOnly && each.sameSite === 'Strict'));
});

/** Signs in with the password, as anybody would. */
async function signIn(house, browser, email, secret = password) {
  const page = await browser.person({ signedIn: false });
  await page.goto(`${house.console}/sign-in`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
  return page;
}

story('A wrong password says so, and the right one opens the door', async (house, browser) => {
  const page = await signIn(house, browser, first.email, 'not the password');
  await page.getByText('do not belong together').waitFor();
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: /^(Hello|Today)/ }).waitFor();
  await page.reload(); // the cookie is enough
  await page.getByRole('heading', { name: /^(Hello|Today)/ }).waitFor();
});

story('An administrator invites a viewer, who looks and may do nothing more', async (house, browser) => {
  const page = await signIn(house, browser, first.email);
  await page.getByRole('heading', { name: /^(Hello|Today)/ }).waitFor();
  await page.visit('/settings/users');
  await page.getByLabel('E-mail address').fill('ines@halden.example');
  await page.getByLabel('Name, as customers read it').fill('Ines Ferrer');
  await page.locator('#new-role').selectOption('viewer');
  await page.getByLabel('Send them the link by mail').uncheck();
  await page.getByRole('button', { name: 'Let somebody sign in' }).click();
  const link = linkIn(await page.locator('.quote code').textContent());

  const ines = await browser.person({ signedIn: false });
  await ines.goto(house.console + link);
  await ines.getByRole('heading', { name: 'Welcome' }).waitFor();
  await ines.getByLabel('New password').fill('quiet herons follow trains');
  await ines.getByRole('button', { name: 'Sign in' }).click();
  await ines.getByRole('heading', { name: /^(Hello|Today)/ }).waitFor();
  await ines.visit('/inbox');
  await ines.getByLabel('What you heard').fill('You wait too long.');
  await ines.getByRole('region', { name: 'What they said' }).getByRole('button', { name: 'Say what you heard' }).click();
  await ines.getByText('your role has read').waitFor();

  // Another role counts at once.
  await page.getByLabel('Role of Ines Ferrer').selectOption('manager');
  await page.getByText('Saved').waitFor();
  await ines.visit('/settings/devices');
  await ines.getByText('You are Ines Ferrer (ines@halden.example), as manager.').waitFor();

  // All of it stands in the audit log.
  await page.visit('/settings/audit');
  await page.getByRole('cell', { name: 'changed a role' }).first().waitFor();
  await page.getByText('viewer → manager').waitFor();

  // Signed out from elsewhere, the other browser asks again.
  house.candour('user', 'revoke', 'ines@halden.example');
  await ines.visit('/today');
  await ines.getByRole('heading', { name: 'Sign in' }).waitFor();
});

story('Signing out ends the session itself, not only its page', async (house, browser) => {
  const page = await signIn(house, browser, first.email);
  await page.getByRole('heading', { name: /^(Hello|Today)/ }).waitFor();
  const [cookie] = await page.context().cookies();
  await page.visit('/settings/me');
  const ended = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/sign-out'));
  await page.getByRole('button', { name: 'Sign out' }).click();
  equal('signed out', (await ended).status(), 204);
  equal('a stolen cookie opens nothing', (await fetch(`${house.url}/api/v1/me`, { headers: { Cookie: `candour=${cookie.value}` } })).status, 401);
});
