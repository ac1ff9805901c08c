import { arcsOf, dueOf, isDeclined, may, stageOf, stepOf, type Item, type State, leadsTo } from '../../../host/console/src/lib/stages';

const due = { hear: '2030-01-02T00:00:00Z', decide: '2030-01-03T00:00:00Z', change: '2030-01-04T00:00:00Z', tell: '2030-01-05T00:00:00Z' };
const item = (state: State, more: Partial<Item> = {}): Item =>
  ({ id: 'itm_1', alias: 'LP-1', version: 3, state, round: 1, sending: false, answer_pending: false, will_change: true, decided_at: '2029-12-01T00:00:00Z', promised_by: null, merged_into: '', theme: '', our_failure: false, due, ...more }) as Item;

describe('The ring', () => {
  it('has an arc for each stage, and none before anybody was heard', () =>
    expect((['raised', 'heard', 'decided', 'changed', 'told', 'visibly_closed', 'dismissed', 'abandoned'] as State[]).map(arcsOf)).toEqual([0, 1, 2, 3, 4, 4, 0, 0]));
  it('puts told and visibly closed into one column', () => expect([stageOf('told'), stageOf('visibly_closed')]).toEqual(['closed', 'closed']));
  it('has no third arc where we said no', () => {
    expect(isDeclined(item('decided', { will_change: false }))).toBe(true);
    expect(isDeclined(item('heard', { will_change: false, decided_at: null }))).toBe(false);
  });
});

describe('What is owed next', () => {
  it('is the step that follows, and nothing once they were told', () =>
    expect((['raised', 'heard', 'decided', 'changed', 'told', 'visibly_closed'] as State[]).map((state) => stepOf(item(state)))).toEqual(['hear', 'decide', 'change', 'tell', null, null]));
  it('is to tell them, where there is nothing to change', () => expect(stepOf(item('decided', { will_change: false }))).toBe('tell'));
  it('is due when it was promised, before any rule', () => {
    expect(dueOf(item('decided', { promised_by: '2030-06-01T00:00:00Z' }))).toBe('2030-06-01T00:00:00Z');
    expect(dueOf(item('decided'))).toBe(due.change);
    expect(dueOf(item('told'))).toBeNull();
  });
});

describe('What may follow', () => {
  it('is only the step that is owed', () => expect((['hear', 'decide', 'change', 'tell'] as const).filter((step) => may(item('heard'), step))).toEqual(['decide']));
  it('is never a closing by us', () => expect((['seen', 'no-objection'] as const).some((step) => may(item('changed'), step))).toBe(false));
  it('is nothing but handing over while a message can be taken back', () => {
    expect(may(item('changed', { sending: true }), 'tell')).toBe(false);
    expect(may(item('changed', { sending: true }), 'hand-over')).toBe(true);
  });
  it('is nothing for an item that goes on elsewhere', () => expect(may(item('dismissed', { merged_into: 'LP-2' }), 'reopen')).toBe(false));
});

describe('A card that is dragged', () => {
  const card = (state: 'heard' | 'decided' | 'changed' | 'told', will_change = true, sending = false) => leadsTo({ state, will_change, sending });
  it('may be dropped where its next step leads', () => expect([card('heard'), card('decided'), card('decided', false), card('changed')]).toEqual(['decided', 'changed', 'closed', 'closed']));
  it('goes nowhere when it is the customer’s turn, or its message is leaving', () => expect([card('told'), card('changed', true, true)]).toEqual([null, null]));
});
