// A real identity provider beside the house; people sign in there, and come back as themselves.
import Provider from 'oidc-provider';
import { equal, expect, story } from '../story.mjs';

const people = {
  care: { email: 'care@halden.example', email_verified: true, name: 'Cara Reyes', groups: ['customer-care'] },
  guest: { email: 'guest@halden.example', email_verified: true, name: 'Gus Est', groups: ['visitors'] },
  liar: { email: 'boss@halden.example', email_verified: false, name: 'Li Ar', groups: ['customer-care'] },
};

async function openProvider(house) {
  const { port, client, secret } = house.provider;
  const said = console.warn;
  console.warn = () => undefined; // it warns that its pages are for development, which they are
  const provider = new Provider(`http://localhost:${port}`, {
    clients: [{ client_id: client, client_secret: secret, redirect_uris: [`${house.url}/api/v1/sign-in/oidc/callback`] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['only for this story'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  });
  const server = await new Promise((resolve) => { const listening = provider.listen(port, () => resolve(listening)); });
  console.warn = said;
  return { close: () => { server.closeAllConnections(); server.close(); } };
}

async function comeBy(house, browser, name) {
  const page = await browser.person({ signedIn: false });
  await page.goto(`${house.console}/sign-in`);
  await page.getByRole('link', { name: 'With your Halden account' }).click();
  await page.locator('[name=login]').fill(name);
  await page.locator('[name=password]').fill('any');
  await page.locator('[type=submit]').click();
  await page.locator('[type=submit]').click(); // the provider asks whether we may know who they are
  return page;
}

// First of all: later the host knows the way there for an hour.
story('A provider that is away leaves the password as the way in', async (house, browser) => {
  const page = await browser.person({ signedIn: false });
  await page.goto(`${house.console}/sign-in`);
  await page.getByRole('link', { name: 'With your Halden account' }).click();
  await page.getByText('cannot be reached').waitFor();
  await page.getByLabel('Password').waitFor();
});

story('People come in by the identity provider, with the role of their group', async (house, browser) => {
  const provider = await openProvider(house);
  try {
    const page = await comeBy(house, browser, 'care');
    await page.waitForURL('**/today');
    await page.visit('/settings/devices');
    await page.getByText('You are Cara Reyes (care@halden.example), as manager.').waitFor();
    const cookies = await page.context().cookies();
    expect('nothing of the trip is left', !cookies.some((each) => each.name === 'candour-trip'));
    equal('strict', cookies.find((each) => each.name === 'candour').sameSite, 'Strict');
  } finally {
    provider.close();
    browser.takeComplaints();
  }
});

story('Whoever has no role and no invitation stays outside, and so does an address that nobody verified', async (house, browser) => {
  const provider = await openProvider(house);
  try {
    for (const name of ['guest', 'liar']) {
      const page = await comeBy(house, browser, name);
      await page.getByText('You could not be signed in that way').waitFor();
      equal(`${name} is nobody`, (await page.request.get(`${house.url}/api/v1/me`)).status(), 401);
      await page.context().close();
    }
    // A link that somebody else prepared: this browser has not set out.
    const answer = await fetch(`${house.url}/api/v1/sign-in/oidc/callback?code=stolen&state=x`, { redirect: 'manual' });
    equal('refused', answer.headers.get('location'), '/sign-in?trouble=refused');
  } finally {
    provider.close();
    browser.takeComplaints();
  }
});
