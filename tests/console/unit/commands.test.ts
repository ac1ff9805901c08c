import { lackOf, stillFollows } from '../../../host/console/src/lib/commands';
import { draftOf, draftsOf, dropDraft, isDraft, keepDraft } from '../../../host/console/src/lib/drafts';
import type { Item } from '../../../host/console/src/lib/stages';

const item = (more: Partial<Item> = {}) => ({ state: 'heard', our_failure: false, sending: false, merged_into: '', will_change: false, ...more }) as Item;
const noon = new Date('2030-05-05T12:00:00');

describe('What is missing', () => {
  it('is everything when nothing was said', () => expect(Object.keys(lackOf('decide', {}, item(), noon))).toEqual(['will_change', 'text']));
  it('is a day for a yes and a reason for a no', () => {
    expect(lackOf('decide', { will_change: 'yes', text: 'x' }, item(), noon)).toEqual({ by: 'lack.by' });
    expect(lackOf('decide', { will_change: 'no', text: 'x' }, item(), noon)).toEqual({ why: 'lack.why' });
  });
  it('is a day to come: yesterday is refused and today is not', () => {
    expect(lackOf('decide', { will_change: 'yes', text: 'x', by: '2030-05-04' }, item(), noon)).toEqual({ by: 'lack.by_past' });
    expect(lackOf('decide', { will_change: 'yes', text: 'x', by: '2030-05-05' }, item(), noon)).toEqual({});
  });
  it('is all three texts where the failure was ours', () => expect(Object.keys(lackOf('change', { text: 'x' }, item({ our_failure: true }), noon))).toEqual(['went_wrong', 'learned', 'prevention']));
  it('is not hidden by spaces', () => expect(lackOf('hear', { text: ' \n ' }, item(), noon)).toEqual({ text: 'lack.text' }));
  it('is a link that is none, and a conversation that has not happened', () => {
    expect(lackOf('change', { text: 'x', link: 'javascript:alert(1)' }, item(), noon)).toEqual({ link: 'lack.link' });
    expect(lackOf('seen', { said: 'x', channel: 'phone', when: '2030-05-06T12:00' }, item(), noon)).toEqual({ when: 'lack.when_future' });
  });
});

describe('What still follows', () => {
  it('is a note, always', () => expect(stillFollows('note', item({ state: 'abandoned' }))).toBe(true));
  it('is not a step that somebody else has taken', () => expect([stillFollows('decide', item()), stillFollows('hear', item())]).toEqual([true, false]));
});

describe('A draft', () => {
  const shelf = () => { const kept = new Map<string, string>(); return { kept, getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) }; };
  it('comes back as it was', () => { const storage = shelf(); keepDraft('a', { text: 'half a sent', mail: false }, storage); expect(draftOf('a', storage)).toEqual({ text: 'half a sent', mail: false }); });
  it('is nothing while nothing was written', () => { const storage = shelf(); keepDraft('a', { text: '  ', mail: false }, storage); expect([storage.kept.size, isDraft({ mail: true })]).toEqual([0, false]); });
  it('is gone when it was sent', () => { const storage = shelf(); keepDraft('a', { text: 'x' }, storage); dropDraft('a', storage); expect(draftOf('a', storage)).toEqual({}); });
  it('is found by its item, and by no other', () => {
    const keys = ['candour.draft.itm_1:decide', 'candour.draft.itm_12:hear', 'candour.token', 'candour.draft.itm_1:note'];
    expect(draftsOf('itm_1', { length: keys.length, key: (i) => keys[i] ?? null })).toEqual(['decide', 'note']);
  });
  it('that somebody broke is an empty one', () => { for (const broken of ['{', '[1]', 'null', '7']) expect(draftOf('a', { getItem: () => broken })).toEqual({}); });
});
