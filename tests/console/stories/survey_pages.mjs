// What customers see of a survey of several pages, in a real browser under the real host's policy.
import { violationsOn } from '../axe.mjs';
import { equal, expect, story } from '../story.mjs';
import { until } from '../house.mjs';

const kMostBytes = 15 * 1024;

function linkFor(house, survey, contact) {
  return house.candour('survey', 'link', survey, '--contact', contact).trim().split('\n').at(-1);
}
async function sound(page, what) {
  const bytes = new TextEncoder().encode(await page.content()).length;
  expect(`${what} under 15 KB, found ${bytes}`, bytes < kMostBytes);
  for (const [scheme, width] of [['light', 1024], ['dark', 1024], ['light', 320]]) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 800 });
    equal(`${what}, ${scheme}, ${width} px`, await violationsOn(page), []);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    equal(`${what} fits ${width} px`, sideways, 0);
  }
}
const answersOf = (house, survey) =>
  house.candour('export', 'answers', '--source', 'surveys', '--format', 'jsonl').trim().split('\n').map((line) => JSON.parse(line)).filter((each) => each.about === survey);

story('A survey of several pages is answered by keyboard and pointer, keeps what was said, and is one answer', async (house, browser) => {
  house.candour('survey', 'add', '--ready', 'after-closing', '--id', 'pulse', '--from', 'Halden Systems');
  const page = await browser.person({ signedIn: false });
  await page.goto(linkFor(house, 'pulse', 'ada.lovett@brass-otter.example'));
  await sound(page, 'the first page');
  await page.getByRole('radio', { name: 'In part' }).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'What is still missing?' }).waitFor();
  await until('what was said so far is kept', () => answersOf(house, 'pulse').length === 1);
  await page.evaluate(() => document.querySelector('form').setAttribute('novalidate', ''));
  await page.getByRole('button', { name: 'Send my answer' }).click();
  await page.getByRole('alert').waitFor();
  await sound(page, 'the page with an error');
  await page.getByRole('link', { name: 'Write an answer' }).click();
  await page.keyboard.type('The export still lacks the dates.', { delay: 60 }); // as people type: whoever is faster than a person counts as none
  await page.getByRole('button', { name: 'Send my answer' }).click();
  await page.getByText('We will take it up again.').waitFor();
  await sound(page, 'the thanks');
  await until('both presses are kept', () => answersOf(house, 'pulse').length === 2);
  const [partial, whole] = answersOf(house, 'pulse');
  equal('one answer, said in two steps', [partial, whole].map((each) => [each.kind, each.answers._complete, each.answers.resolved]),
    [['survey.partial', false, 'partly'], ['survey.answer', true, 'partly']]);
  const items = (await house.api('/items?limit=200')).items.filter((each) => each.verbatim === 'The export still lacks the dates.');
  equal('items of it', items.length, 1);
});

story('A survey reads as well from right to left, and is answered where there is no script', async (house, browser) => {
  const text = (en, ar) => ({ en, ar });
  const definition = { id: 'rtl', languages: ['en', 'ar'], pages: [{ questions: [{ id: 'q', type: 'rating', required: true, text: text('How was it?', 'كيف كان؟'), lowest: text('poor', 'سيئ'), highest: text('good', 'جيد') }, { id: 'w', type: 'long_text', text: 'Why?' }] }] };
  await house.api('/surveys', { body: definition });
  const context = await browser.browser.newContext({ locale: 'en-GB', javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${house.url}/c/surveys/rtl`);
  await page.locator('#q-4').check();
  await page.getByRole('button', { name: 'Send my answer' }).click();
  await page.getByText('Your answer has arrived.').waitFor();
  const { html } = await house.api('/surveys/preview', { body: { definition, language: 'ar' } });
  const reader = await browser.person({ signedIn: false });
  await reader.setContent(html);
  equal('direction', await reader.getAttribute('html', 'dir'), 'rtl');
  await sound(reader, 'the page from right to left');
});
