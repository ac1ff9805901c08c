import { added, changed, documentOf, moved, ofType, removed, surveyIn, textIn, withLanguage, withOption, withPage, withText, type Survey } from '../../../host/console/src/lib/survey_document';

const survey: Survey = {
  id: 'pulse', languages: ['en', 'de'], gaps: [{ id: 'g', of: 'a', minus: 'b' }],
  pages: [{ questions: [{ id: 'q1', type: 'score', text: { en: 'How?', de: 'Wie?' } }, { id: 'why', type: 'long_text', text: 'Why?' }] }, { show_if: { question: 'q1' }, questions: [{ id: 'q2', type: 'consent', grants: 'contact_me' }] }]
};
const ids = (of: Survey) => of.pages.map((page) => page.questions.map((each) => each.id));

describe('A survey of many questions', () => {
  it('is edited with fields when it has pages of questions', () => {
    expect(surveyIn(survey as unknown as Record<string, unknown>)).toBe(survey);
    for (const other of [undefined, {}, { languages: [], pages: [] }, { languages: ['en'], pages: [{ questions: [{}] }] }, { languages: { en: {} }, id: 'short' }]) expect(surveyIn(other as never)).toBeUndefined();
  });
  it('says each text in its language; one without languages is the first one’s', () => {
    expect([textIn('Why?', 'en', 'en'), textIn('Why?', 'de', 'en'), textIn({ de: 'Wie?' }, 'de', 'en'), textIn(undefined, 'de', 'en')]).toEqual(['Why?', '', 'Wie?', '']);
    expect(withText('Why?', 'de', 'en', 'Warum?')).toEqual({ en: 'Why?', de: 'Warum?' });
    expect(withText({ en: 'Why?' }, 'en', 'en', '')).toBeUndefined();
  });
  it('gets another question with a name of its own, and changes nothing else', () => {
    const { survey: more, at } = added(survey, 0, 'New');
    expect(ids(more)).toEqual([['q1', 'why', 'q3'], ['q2']]);
    expect(at).toEqual({ page: 0, question: 2 });
    expect(more['gaps']).toEqual(survey['gaps']);
    expect(more.pages[1]!.show_if).toEqual({ question: 'q1' });
    expect(ids(survey)).toEqual([['q1', 'why'], ['q2']]);
  });
  it('gets another page', () => expect(ids(withPage(survey, 'New').survey)).toEqual([['q1', 'why'], ['q2'], ['q3']]));
  it('is put in another order, over the edge of a page too, and an empty page goes', () => {
    expect(ids(moved(survey, { page: 0, question: 0 }, 1).survey)).toEqual([['why', 'q1'], ['q2']]);
    const over = moved(survey, { page: 0, question: 1 }, 1);
    expect([ids(over.survey), over.at]).toEqual([[['q1'], ['why', 'q2']], { page: 1, question: 0 }]);
    const back = moved(survey, { page: 1, question: 0 }, -1);
    expect([ids(back.survey), back.at]).toEqual([[['q1', 'why', 'q2']], { page: 0, question: 2 }]);
    expect(moved(survey, { page: 0, question: 0 }, -1).survey).toBe(survey);
    const alone: Survey = { ...survey, pages: [{ questions: [survey.pages[0]!.questions[0]!] }, survey.pages[1]!] };
    expect(moved(alone, { page: 0, question: 0 }, 1)).toMatchObject({ at: { page: 0, question: 0 }, survey: { pages: [{ questions: [{ id: 'q1' }, { id: 'q2' }] }] } });
  });
  it('loses a question, but never its last one', () => {
    expect(ids(removed(survey, { page: 1, question: 0 }))).toEqual([['q1', 'why']]);
    const one: Survey = { id: 'x', languages: ['en'], pages: [{ questions: [{ id: 'q1', type: 'score' }] }] };
    expect(removed(one, { page: 0, question: 0 })).toBe(one);
  });
  it('asks otherwise: what only the type before had goes, and a choice begins with two options', () => {
    const choice = ofType({ id: 'q', type: 'score', text: 'How?', lowest: 'bad', required: true }, 'single_choice');
    expect(choice).toEqual({ id: 'q', type: 'single_choice', text: 'How?', required: true, options: [{ id: 'o1', text: '1' }, { id: 'o2', text: '2' }] });
    expect(ofType(choice, 'statement')).toEqual({ id: 'q', type: 'statement', text: 'How?' });
    expect(changed(survey, { page: 0, question: 0 }, (each) => ofType(each, 'matrix')).pages[0]!.questions[0]!.rows?.length).toBe(2);
  });
  it('gets options with names of their own, and languages once', () => {
    expect(withOption([{ id: 'o1', text: 'a' }], 'o', 'en', 'b').at(-1)).toEqual({ id: 'o2', text: { en: 'b' } });
    expect(withLanguage(survey, 'fr').languages).toEqual(['en', 'de', 'fr']);
  });
  it('begins as the short one told as a document', () => {
    const made = documentOf({ id: 's', from: 'Halden', may_quote: false, languages: { en: { question: 'How?', thanks: 'Thanks' }, de: { question: 'Wie?' } } }, { question: 'Q', reason: 'R' });
    expect(made).toMatchObject({ id: 's', from: 'Halden', languages: ['en', 'de'], thanks: [{ text: { en: 'Thanks' } }] });
    expect(made.pages[0]!.questions.map((each) => [each.id, each.text])).toEqual([['score', { en: 'How?', de: 'Wie?' }], ['reason', { en: 'R' }], ['contact', undefined]]);
  });
});
