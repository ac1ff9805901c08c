import { asks, questionIn, questionsOf, surveyTitle } from '../../../host/console/src/lib/asking';
import { audienceFor, everybody } from '../../../host/console/src/lib/audience';

const survey = (id: string, question: string, version = 1) => ({ id, question, version, languages: ['en'], pages: 1 });
const nps = { id: 'relationship_nps', name: 'Relationship NPS' };
const plugin = { id: 'surveys', name: 'Surveys' };
const pulse = survey('pulse', 'Is it solved?', 3);

describe('What can be asked', () => {
  it('is each survey by its title, beside the question of a plugin', () => {
    const all = questionsOf([nps, plugin], [pulse, survey('autumn', 'How was it?')]);
    expect(all.map((each) => each.name)).toEqual(['Relationship NPS', 'Is it solved?', 'How was it?']);
    expect(all.map((each) => asks(each))).toEqual([{ plugin: 'relationship_nps' }, { plugin: 'surveys', survey: 'pulse' }, { plugin: 'surveys', survey: 'autumn' }]);
    expect(new Set(all.map((each) => each.key)).size).toBe(3);
    expect(all[1]!.version).toBe(3);
  });
  it('leaves the surveys out while their plugin asks nobody', () => expect(questionsOf([nps], [pulse]).map((each) => each.plugin)).toEqual(['relationship_nps']));
  it('is nothing without a survey', () => expect(questionsOf([plugin], [])).toEqual([]));
  it('tells apart what is called the same, and calls what has no title by its short name', () => {
    expect(questionsOf([plugin], [pulse, survey('pulse-2', 'Is it solved?'), survey('bare', '')]).map((each) => each.name)).toEqual(['Is it solved? (pulse)', 'Is it solved? (pulse-2)', 'bare']);
  });
});

describe('The chosen question', () => {
  const all = questionsOf([nps, plugin], [pulse, survey('autumn', 'How was it?')]);
  it('is the first until somebody chooses', () => expect(questionIn(all, '', '')?.plugin).toBe('relationship_nps'));
  it('is the survey that somebody came with', () => expect(questionIn(all, '', 'autumn')?.survey).toBe('autumn'));
  it('is another once they chose another', () => expect(questionIn(all, 'surveys/pulse', 'autumn')?.survey).toBe('pulse'));
  it('is the first when what they came with is gone', () => expect(questionIn(all, '', 'gone')?.plugin).toBe('relationship_nps'));
  it('is none of none', () => expect(questionIn([], '', 'pulse')).toBeUndefined());
});

describe('What a campaign asked', () => {
  it('is called by its title, or by its short name when it is gone', () => {
    expect(surveyTitle({ plugin: 'surveys', about: 'pulse' }, [pulse])).toBe('Is it solved?');
    expect(surveyTitle({ plugin: 'surveys', about: 'gone' }, [pulse])).toBe('gone');
    expect(surveyTitle({ plugin: 'relationship_nps', about: 'pulse' }, [pulse])).toBe('');
  });
  it('says which of its questions when that is known', () => expect(asks({ plugin: 'surveys', survey: '', about: 'pulse' })).toEqual({ plugin: 'surveys', about: 'pulse' }));
});

describe('Whom it is for', () => {
  it('is everybody, or those of one account', () => {
    expect(audienceFor(everybody())).toEqual({ all: true });
    expect(audienceFor({ ...everybody(), levels: ['executive'] }, 'acc_1')).toEqual({ accounts: ['acc_1'], levels: ['executive'] });
  });
  it('is one person alone, and never everybody while that person is not known', () => {
    expect(audienceFor({ one: true, contact: 'con_1', segments: ['edge'], levels: ['executive'] }, 'acc_1')).toEqual({ contacts: ['con_1'] });
    expect(audienceFor({ ...everybody(), one: true })).toBeUndefined();
  });
});
