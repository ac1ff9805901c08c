import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { until } from '../house.mjs';
import { equal, expect, story } from '../story.mjs';

/** A program of somebody else's; `answer` is what it says to the next delivery. */
async function listener(port) {
  const taken = [];
  const state = { answer: 200 };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => (body += piece));
    request.on('end', () => {
      taken.push({ headers: request.headers, body });
      response.writeHead(state.answer).end('thanks');
    });
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { taken, state, close: () => server.close() };
}

story('A webhook is signed as others verify it, comes again, and is given up when it is gone', async (house) => {
  const url = `http://127.0.0.1:${house.outside}/candour`;
  const program = await listener(house.outside);
  try {
    const refused = await house.api('/webhooks', { body: { name: 'inside', url: 'http://127.0.0.1:1/' } }).catch((failure) => failure.message);
    expect(`nothing inside the house is reached (${refused})`, String(refused).includes('422'));
    const made = await house.api('/webhooks', { body: { name: 'crm', url, events: ['noted'] } });
    expect('a secret', /^whsec_[A-Za-z0-9+/]{43}=$/.test(made.secret));
    expect('never shown again', !JSON.stringify(await house.api('/webhooks')).includes('whsec_'));

    const { items: [item] } = await house.api('/items?limit=1');
    await house.api(`/items/${item.alias}/note`, { body: { text: 'A word among ourselves.' }, version: item.version });
    await until('the event arrives', () => program.taken.length === 1);
    const [first] = program.taken;
    const event = new Webhook(made.secret).verify(first.body, first.headers); // throws when it is not signed by us
    equal('type', event.type, 'candour.item.noted');
    equal('subject', event.subject, item.alias);
    equal('CloudEvents', [event.specversion, event.id, first.headers['content-type']], ['1.0', first.headers['webhook-id'], 'application/cloudevents+json']);
    expect('nobody’s words', !first.body.includes('among ourselves'));
    let forged;
    try { new Webhook(made.secret).verify(first.body.replace('noted', 'told'), first.headers); } catch (failure) { forged = failure; }
    expect('other bytes do not fit the signature', forged !== undefined);

    // What was not taken comes again by itself, under the same id.
    program.state.answer = 500;
    await house.api(`/webhooks/${made.id}/test`, { body: {} });
    await until('the test is refused', () => program.taken.length === 2);
    program.state.answer = 200;
    await until('it comes again', () => program.taken.length === 3);
    equal('the same id', program.taken[2].headers['webhook-id'], program.taken[1].headers['webhook-id']);
    const delivered = async () => (await house.api(`/webhooks/${made.id}/deliveries`)).deliveries;
    await until('it is taken', async () => (await delivered())[0].state === 'delivered');
    equal('attempts', (await delivered())[0].attempts, 2);

    // Replay sends the same bytes.
    const noted = (await delivered()).find((each) => each.event === 'noted');
    await house.api(`/webhooks/${made.id}/deliveries/${noted.id}/replay`, { body: {} });
    await until('it is sent again', () => program.taken.length === 4);
    equal('the same bytes', program.taken[3].body, first.body);

    // Another secret: for a day both sign, so that whoever verifies can change theirs.
    const { secret } = await house.api(`/webhooks/${made.id}/rotate`, { body: {} });
    await house.api(`/webhooks/${made.id}/test`, { body: {} });
    await until('the test arrives', () => program.taken.length === 5);
    for (const each of [secret, made.secret]) new Webhook(each).verify(program.taken[4].body, program.taken[4].headers);
    await until('it is taken', async () => (await delivered())[0].state === 'delivered');

    // 410: they want nothing any more.
    program.state.answer = 410;
    await house.api(`/webhooks/${made.id}/test`, { body: {} });
    await until('it is disabled', async () => (await house.api('/webhooks')).webhooks[0].disabled_at !== null);
    expect('and written down', (await house.api('/audit?act=webhook_disabled')).entries[0].after.includes('410'));
    await house.api(`/webhooks/${made.id}/enable`, { body: {} });
    await house.api(`/webhooks/${made.id}/remove`, { body: {} });
  } finally {
    program.close();
  }
});

story('A webhook for Slack is a text with a link', async (house, browser) => {
  const program = await listener(house.outside);
  try {
    const page = await browser.person();
    await page.visit('/settings/webhooks');
    await page.getByLabel('Name').fill('team');
    await page.getByLabel('Address').fill(`http://127.0.0.1:${house.outside}/slack`);
    await page.getByLabel('Format').selectOption('slack');
    await page.getByRole('button', { name: 'Add it' }).click();
    await page.getByText('Shown once: the secret').waitFor();
    await page.getByRole('button', { name: 'Send a test to team' }).click();
    await until('it arrives', () => program.taken.length > 0);
    expect('a text', JSON.parse(program.taken[0].body).text.startsWith('Candour: a test'));
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.getByRole('cell', { name: 'taken, 1 attempt' }).waitFor();
    await page.getByRole('button', { name: 'Remove team' }).click();
    await page.getByText('It is forgotten.').waitFor();
  } finally {
    program.close();
  }
});
