// What an item's state means on a page: which arcs are drawn, what is owed next, what may follow.
import type { Schemas } from '../api/client';

export type Item = Schemas['Item'];
export type State = Schemas['State'];
export const kStages = ['heard', 'decided', 'changed', 'closed'] as const;
export type Stage = (typeof kStages)[number];
export type Step = 'hear' | 'decide' | 'change' | 'tell';

/** How many of the four arcs are drawn; 0 is raised, and what ended without a word to the customer. */
export const arcsOf = (state: State): number =>
  ({ raised: 0, heard: 1, decided: 2, changed: 3, told: 4, visibly_closed: 4, dismissed: 0, abandoned: 0 })[state];
export const stageOf = (state: State): Stage => kStages[Math.max(0, arcsOf(state) - 1)]!;
export const isWhole = (state: State): boolean => state === 'visibly_closed';
/** We said no: there is no change to wait for, its arc is absent. */
export const isDeclined = (item: Pick<Item, 'state' | 'will_change' | 'decided_at'>): boolean =>
  !item.will_change && item.decided_at !== null && ['decided', 'told', 'visibly_closed'].includes(item.state);

/** The step that we owe, if it is our turn. */
export function stepOf(item: Pick<Item, 'state' | 'will_change'>): Step | null {
  switch (item.state) {
    case 'raised': return 'hear';
    case 'heard': return 'decide';
    case 'decided': return item.will_change ? 'change' : 'tell';
    case 'changed': return 'tell';
    default: return null;
  }
}
/** The column of the board into which the step that we owe leads. */
export function leadsTo(item: Pick<Item, 'state' | 'will_change' | 'sending'>): Stage | null {
  const step = item.sending ? null : stepOf(item);
  return step === null ? null : ({ hear: 'heard', decide: 'decided', change: 'changed', tell: 'closed' } as const)[step];
}
export function dueOf(item: Pick<Item, 'state' | 'will_change' | 'due' | 'promised_by'>): string | null {
  const step = stepOf(item);
  if (step === null) return null;
  return step === 'change' ? (item.promised_by ?? item.due.change) : item.due[step];
}

export type Command = Step | 'seen' | 'reopen' | 'dismiss' | 'abandon' | 'hand-over' | 'merge' | 'theme' | 'no-objection' | 'objects' | 'our-failure';
const early: State[] = ['raised', 'heard'];
const open: State[] = ['raised', 'heard', 'decided', 'changed', 'told'];
const rules: Record<Exclude<Command, Step>, (item: Item) => boolean> = {
  seen: (item) => item.state === 'told',
  'no-objection': (item) => item.answer_pending,
  objects: (item) => item.answer_pending,
  reopen: (item) => !open.slice(0, 4).includes(item.state),
  dismiss: (item) => early.includes(item.state),
  abandon: (item) => open.includes(item.state),
  'hand-over': () => true,
  merge: (item) => early.includes(item.state),
  theme: (item) => open.includes(item.state) && !item.theme,
  'our-failure': (item) => ['raised', 'heard', 'decided'].includes(item.state)
};
/** The host has the last word; this only keeps what cannot follow off the page. */
export function may(item: Item, command: Command): boolean {
  if (item.sending || item.merged_into) return command === 'hand-over' && !item.merged_into;
  return command in rules ? rules[command as keyof typeof rules](item) : stepOf(item) === command;
}
