import { EventReader } from '../../../host/console/src/lib/events';
import { filtersOf, kNoFilters } from '../../../host/console/src/lib/filters';
import { audienceOf, partsOf } from '../../../host/console/src/lib/audience';
import { lastOf } from '../../../host/console/src/lib/answers';
import { placeOf, routes } from '../../../host/console/src/lib/routes';
import { readingOf, surveyOf, textsOfSurvey, warningsOf } from '../../../host/console/src/lib/survey';
import { remindersIn, ruleName, wordsSaid } from '../../../host/console/src/lib/schedules';
import { itemsOf } from '../../../host/console/src/lib/theme_commands';
import { instantOf, lookOf, textsOf } from '../../../host/console/src/lib/timeline';
import { phrase } from '../../../host/console/src/lib/words';

describe('Server-sent events', () => {
  it('are the same however the bytes are cut', () => {
    const bytes = 'id: 7\ndata: {"a":1}\n\n: still here\n\nid: 8\r\ndata: two\r\ndata: lines\r\n\r\n';
    for (let at = 0; at <= bytes.length; ++at) {
      const reader = new EventReader();
      expect([...reader.feed(bytes.slice(0, at)), ...reader.feed(bytes.slice(at))], `cut at ${at}`).toEqual([{ id: '7', event: '', data: '{"a":1}' }, { id: '8', event: '', data: 'two\nlines' }]);
    }
  });
  it('say what they are about', () => expect(new EventReader().feed('event: drafts\ndata: {}\n\n')).toEqual([{ id: '', event: 'drafts', data: '{}' }]));
  it('wait for their empty line', () => expect(new EventReader().feed('id: 7\ndata: half')).toEqual([]));
});

describe('An address', () => {
  it('names a page and its one parameter', () => {
    expect(placeOf('/item/LP-12')).toEqual({ name: 'item', parameter: 'LP-12' });
    expect(placeOf('/settings/me')).toEqual({ name: 'section', parameter: 'me' });
    expect(placeOf('/accounts/a%2Fb')).toEqual({ name: 'account', parameter: 'a/b' });
  });
  it('that is unknown is nowhere', () => { for (const path of ['/item/', '/item/LP-1/x', '/nothing', '/todays']) expect(placeOf(path).name, path).toBe('nowhere'); });
  it('belongs to one page alone', () => { for (const [name, pattern] of Object.entries(routes)) expect(placeOf(pattern.replace(/\{\w+\}/, 'x')).name, pattern).toBe(name); });
});

describe('Filters', () => {
  const of = (query: string) => filtersOf((name) => new URLSearchParams(query).get(name) ?? '');
  it('go away all at once', () => expect(Object.keys(kNoFilters).sort()).toEqual(Object.keys(of('owner=tea_1&overdue=yes&level=executive&segment=edge&q=x&account=acc_1&theme=thm_1')).sort()));
  it('are what the address says', () => expect(of('owner=tea_1&overdue=yes&q=late')).toEqual({ owner: 'tea_1', overdue: true, q: 'late' }));
  it('that the API would refuse are left out', () => expect(of('segment=vip&level=boss&view=list')).toEqual({}));
});

describe('The timeline', () => {
  const event = (name: string, content: Record<string, string>, actor = 'tea_1') => ({ event: name, content, actor: { id: actor, name: 'x' } });
  it('tells words of a customer from a note of ours', () => {
    expect(lookOf(event('raised', { verbatim: 'late' }, 'con_1'))).toBe('words');
    expect(lookOf(event('noted', { text: 'call him' }))).toBe('note');
    expect(lookOf(event('heard', { text: 'you wait' }))).toBe('statement');
    expect(lookOf(event('told', { message: 'msg_1' }, 'host'))).toBe('line');
  });
  it('shows no content that is the machine’s', () => expect(textsOf({ content: { message: 'msg_1', due_hear: '1', why: 'because', text: 'no' } })).toEqual([{ field: 'text', text: 'no' }, { field: 'why', text: 'because' }]));
  it('reads the ledger’s microseconds', () => expect([instantOf('1795823999000000'), instantOf('soon'), instantOf(undefined)]).toEqual(['2026-11-27T23:59:59.000Z', null, null]));
});

describe('Sentences', () => {
  it('put values and plurals where their language wants them', () => {
    expect(phrase({ one: '{n} day', other: '{n} days' }, { n: 1 }, 'en')).toBe('1 day');
    expect(phrase({ one: 'noch {n} Tag', other: 'noch {n} Tage' }, { n: 2 }, 'de')).toBe('noch 2 Tage');
    expect(phrase('a {b} {c}', { b: 1 }, 'en')).toBe('a 1 ');
  });
});

describe('Other readings', () => {
  it('of items are names, however they are written', () => expect(itemsOf('lp-1, LP2 and itm_abc; help')).toEqual(['LP-1', 'LP-2', 'itm_abc']));
  it('of an audience that nothing was chosen of are everybody', () => {
    expect(audienceOf({ accounts: [], segments: [], levels: [] })).toEqual({ all: true });
    expect(audienceOf({ segments: ['edge'], levels: [] })).toEqual({ segments: ['edge'] });
    expect(audienceOf({ accounts: ['acc_1'], segments: [], levels: ['executive'] })).toEqual({ accounts: ['acc_1'], levels: ['executive'] });
  });
  it('of an audience are its parts', () => expect(partsOf({ segments: ['edge'], levels: [] })).toEqual([{ kind: 'segment', names: ['edge'] }]));
  it('of answers keep the last of each person, and no machine’s', () => {
    const line = (at: string, score: number | null, kind: 'human' | 'likely_bot' = 'human') => ({ contact: { id: 'con_1', name: 'Ada', email: '' }, score, class: kind, occurred_at: at });
    expect(lastOf([line('2026-02-01', 7), line('2026-03-01', 9), line('2026-01-01', 2), line('2026-04-01', 0, 'likely_bot'), line('2026-05-01', null)]).get('con_1')?.score).toBe(9);
  });
  it('of a survey lose nothing on the way through a form', () => {
    const survey = { id: 'q', from: 'We', readers: 'us', contact_me: true, may_quote: false, languages: { en: { question: 'How?' }, de: { question: 'Wie?', thanks: 'Danke' } } };
    expect(surveyOf(textsOfSurvey(survey))).toEqual(survey);
  });
  it('of a question warn where it leads, doubles or drags', () => {
    expect(warningsOf({ 'en.question': 'How much did you love our service?' }, 'en')).toEqual(['leading']);
    expect(warningsOf({ 'en.question': 'How fast? And how good?' }, 'en')).toEqual(['two']);
    expect(warningsOf({ 'en.question': 'How likely are you to recommend us?' }, 'en')).toEqual([]);
  });
});

describe('What comes round', () => {
  it('is named when its rule is one of ours', () => {
    expect(ruleName('FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU')).toBe('quarterly');
    expect(ruleName('RRULE:freq=weekly;byday=tu')).toBe('weekly');
    expect(ruleName('FREQ=DAILY')).toBeUndefined();
  });
  it('reminds after whole days', () => {
    expect(remindersIn('7, 14')).toEqual([7, 14]);
    expect(remindersIn('')).toEqual([]);
    for (const wrong of ['soon', '0', '61', '1.5', '1 2 3 4 5 6']) expect(remindersIn(wrong), wrong).toBeUndefined();
  });
  it('says nothing of its own where nothing was written', () =>
    expect(wordsSaid({ invitation: { en: { subject: 'Two minutes?', text: '  ' }, de: { subject: '' } }, reminder_1: {} })).toEqual({ invitation: { en: { subject: 'Two minutes?' } } }));
});

describe('A survey as a document', () => {
  it('is counted, and each language by what it lacks', () => {
    const text = { en: 'How was it?', de: 'Wie war es?' };
    const read = readingOf({ languages: ['en', 'de'], pages: [{ questions: [{ id: 'a', text }, { id: 'b', text: { en: 'Why?' }, choices: [{ text: { en: 'Late' } }] }] }, { questions: [{ id: 'c', text: 'Anything else?' }] }] });
    expect(read).toEqual({ questions: 3, missing: { en: 0, de: 2 } });
  });
});
