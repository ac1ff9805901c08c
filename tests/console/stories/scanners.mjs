// A mail server's machine with a whole browser: it follows every link, runs what scripts there are, presses every score and
// sends every form as fast as it can. No figure moves.
import { equal, expect, story } from '../story.mjs';
import { until } from '../house.mjs';

const kReader = 'nadia.berg@northwind-rail.example';

async function invitationFor(house, contact) {
  const { id } = await house.api('/campaigns', { body: { plugin: 'relationship_nps', audience: { contacts: [contact] } } });
  await until('the question left', async () => (await house.api(`/campaigns/${id}`)).progress.sent === 1);
  const list = await (await fetch(`${house.url}/demo/mail`)).text();
  const [, mail] = /href="(\/demo\/mail\/msg_[^"]+)"/.exec(list);
  const [, link] = /(\/s\/[0-9a-z]{20,})/.exec(await (await fetch(house.url + mail)).text());
  return { id, link: house.url + link };
}
/** What the figures of answers say, once they have caught up; those of items go on by themselves while the demo's mails leave. */
async function figuresOf(house) {
  let figures;
  await until('the figures have caught up', async () => {
    figures = (await house.api('/metrics')).metrics.filter((each) => ['relationship_nps', 'advocacy_rate'].includes(each.id));
    return figures.length === 2 && figures.every((each) => each.portfolio.lag === 0);
  });
  return figures.map(({ id, portfolio }) => ({ id, figure: portfolio.figure }));
}

story('A machine with a browser that presses every score and sends every form moves no figure', async (house, browser) => {
  const { contacts } = await house.api('/contacts?limit=200');
  const reader = contacts.find((each) => each.active && each.email && each.level === 'operational')?.email ?? kReader;
  const { id, link } = await invitationFor(house, reader);
  const before = await figuresOf(house);
  const items = (await house.api('/items?limit=500')).items.length;
  const machine = await browser.person({ signedIn: false });
  for (let score = 0; score <= 10; score++) {
    await fetch(`${link}?a=${score}`, { method: 'HEAD' });
    await machine.goto(`${link}?a=${score}`, { waitUntil: 'load' });
    await machine.mouse.move(40 + score, 60);
  }
  equal('looking is no answer', (await house.api(`/campaigns/${id}`)).progress.answered, 0);
  equal('nor a change of any figure', await figuresOf(house), before);

  const forms = await machine.locator('form').count();
  for (let turn = 0; turn < 11 * forms; turn++) {
    await machine.goto(`${link}?a=${turn % 11}`);
    const sent = machine.waitForNavigation();
    await machine.evaluate((which) => {
      const form = document.querySelectorAll('form')[which];
      for (const field of form.querySelectorAll('textarea, input[type="text"]')) field.value = 'https://offers.example';
      form.submit();
    }, Math.floor(turn / 11));
    await sent;
  }
  const kept = house.candour('export', 'answers', '--format', 'jsonl').split('\n').filter((line) => line.includes('likely_bot') && line.includes('offers.example'));
  expect(`what it sent is kept, and known for what it is; found ${kept.length}`, kept.length >= 11);
  equal('every figure stands', await figuresOf(house), before);
  equal('no item was raised', (await house.api('/items?limit=500')).items.length, items);
});
