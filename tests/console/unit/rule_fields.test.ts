import { emptyRule, fieldsOf, lackOf, ruleOf, rulesIn, type Rule } from '../../../host/console/src/lib/rule_fields';

const whole: Rule = {
  name: 'Bills', when: { score: { at_most: 6 }, comment: true, contact_me: true, levels: ['executive'], segments: ['edge', 'reliable'], words: ['invoic*', 'bill'] },
  then: { raise: true, owner: 'priya@halden.example', due: { hear_days: 1, decide_days: 0 }, watchers: ['jonas@halden.example'] }
};
const with_ = (when: object, then: object = { raise: true }): Rule => ({ name: 'One', when, then });

describe('A rule with fields', () => {
  it('comes back as it was', () => expect(ruleOf(fieldsOf(whole)!)).toEqual(whole));
  it('comes back whatever order its members stand in', () => {
    const { name, when, then } = whole;
    expect(fieldsOf({ then, when, name })).toEqual(fieldsOf(whole));
  });
  it('says nothing that was not filled in', () => {
    expect(ruleOf({ ...emptyRule(), name: ' All of them ' })).toEqual({ name: 'All of them', then: { raise: true } });
    expect(ruleOf({ ...emptyRule(), name: 'Zero', at_most: '0', raise: 'no' })).toEqual({ name: 'Zero', when: { score: { at_most: 0 } }, then: { raise: false } });
  });
  it('takes words apart at commas', () => expect(ruleOf({ ...emptyRule(), name: 'W', words: ' bill , ,invoic*,' }).when).toEqual({ words: ['bill', 'invoic*'] }));
  it('without a condition is the same with an empty one', () => expect(fieldsOf(with_({}))?.name).toBe('One'));
});

describe('What fields cannot hold', () => {
  const kMore: Rule[] = [
    with_({ score: { at_least: 9 } }), with_({ score: { at_most: 6, at_least: 3 } }), with_({ comment: false }), with_({ contact_me: false }), with_({ sources: ['mail'] }),
    with_({ answers: [{ question: 'resolved', is: ['no'] }] }), with_({ words: ['a, b'] }), with_({ comment: true }, { raise: true, due: { forgive_days: 3 } }), with_({ words: 7 }), with_({ levels: 'executive' }), { name: 'None', then: null as never }
  ];
  it.each(kMore.map((rule) => [JSON.stringify(rule), rule] as const))('stays in the document: %s', (_, rule) => expect(fieldsOf(rule)).toBeUndefined());
});

describe('A rule that the host would refuse', () => {
  it('has no name, or decides nothing', () => {
    expect([lackOf(emptyRule()), lackOf({ ...emptyRule(), name: 'x', raise: '' }), lackOf({ ...emptyRule(), name: 'x' })]).toEqual(['name', 'then', undefined]);
  });
});

describe('The document', () => {
  it('is read as a list of rules or not at all', () => {
    expect(rulesIn(JSON.stringify([whole]))).toEqual([whole]);
    for (const text of ['', '[', '{}', '[1]', '[null]', '[{"then":{}}]']) expect(rulesIn(text), text).toBeUndefined();
  });
});
