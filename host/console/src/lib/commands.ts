// From what somebody typed to what the API is asked for; and what is still missing before it can be asked.
import { post, type Schemas } from '../api/client';
import type { Draft } from './drafts';
import type { Key } from './i18n.svelte';
import { may, type Command, type Item } from './stages';

export type Action = Command | 'note';
export type Lack = Record<string, Key>;

const text = (draft: Draft, field: string) => String(draft[field] ?? '').trim();
const said = (draft: Draft, fields: string[]) => Object.fromEntries(fields.filter((each) => text(draft, each)).map((each) => [each, text(draft, each)]));

/** A conversation happened before now, on the clock of whoever writes it down. */
function conversation(draft: Draft): Schemas['Conversation'] {
  return { said: text(draft, 'said'), channel: text(draft, 'channel'), when: new Date(text(draft, 'when')).toISOString() };
}

const needed: Record<Action, (draft: Draft, item: Item) => string[]> = {
  hear: () => ['text'],
  decide: (draft) => ['will_change', 'text', ...(draft['will_change'] === 'yes' ? ['by'] : draft['will_change'] === 'no' ? ['why'] : [])],
  change: (_, item) => ['text', ...(item.our_failure ? ['went_wrong', 'learned', 'prevention'] : [])],
  tell: (draft) => (draft['way'] === 'person' ? ['said', 'channel', 'when'] : []),
  seen: () => ['said', 'channel', 'when'],
  reopen: () => ['reason'],
  abandon: () => ['reason'],
  dismiss: () => ['reason'],
  'hand-over': () => ['to'],
  merge: () => ['into'],
  theme: (draft) => (draft['theme'] === 'new' ? ['title'] : ['theme']),
  note: () => ['text'],
  objects: () => [],
  'no-objection': () => [],
  'our-failure': () => []
};

export function lackOf(action: Action, draft: Draft, item: Item, today = new Date()): Lack {
  const lack: Lack = Object.fromEntries(needed[action](draft, item).filter((field) => !text(draft, field)).map((field) => [field, `lack.${field}` as Key]));
  if (action === 'decide' && draft['will_change'] === 'yes' && text(draft, 'by') && Date.parse(`${text(draft, 'by')}T23:59:59`) < today.getTime()) lack['by'] = 'lack.by_past';
  if (text(draft, 'link') && !/^https?:\/\//.test(text(draft, 'link'))) lack['link'] = 'lack.link';
  if (text(draft, 'when') && !(Date.parse(text(draft, 'when')) <= today.getTime())) lack['when'] = 'lack.when_future';
  return lack;
}

function decision(draft: Draft): Schemas['Decide'] {
  const will_change = draft['will_change'] === 'yes';
  return { will_change, text: text(draft, 'text'), our_failure: draft['our_failure'] === true, ...said(draft, ['why', 'trade_off', 'decided_by', ...(will_change ? ['by'] : [])]) };
}
function alteration(draft: Draft, item: Item): Schemas['Change'] {
  const failure = { went_wrong: text(draft, 'went_wrong'), learned: text(draft, 'learned'), prevention: text(draft, 'prevention') };
  return { text: text(draft, 'text'), ...said(draft, ['link']), ...(item.our_failure ? { failure } : {}) };
}

/** The item afterwards. `version` is the one that its reader saw. */
export async function run(action: Action, item: Item, draft: Draft): Promise<Item> {
  const at = { names: { item: item.alias }, version: item.version };
  switch (action) {
    case 'hear': return post('/api/v1/items/{item}/hear', { ...at, body: { text: text(draft, 'text'), mail: draft['mail'] !== false } });
    case 'decide': return post('/api/v1/items/{item}/decide', { ...at, body: decision(draft) });
    case 'change': return post('/api/v1/items/{item}/change', { ...at, body: alteration(draft, item) });
    case 'tell': return post('/api/v1/items/{item}/tell', { ...at, body: draft['way'] === 'person' ? { in_person: conversation(draft), at_once: false } : { at_once: false } });
    case 'seen': return post('/api/v1/items/{item}/seen', { ...at, body: conversation(draft) });
    case 'reopen': return post('/api/v1/items/{item}/reopen', { ...at, body: { reason: text(draft, 'reason') } });
    case 'abandon': return post('/api/v1/items/{item}/abandon', { ...at, body: { reason: text(draft, 'reason') } });
    case 'dismiss': return post('/api/v1/items/{item}/dismiss', { ...at, body: { reason: text(draft, 'reason') as Schemas['Dismiss']['reason'], ...said(draft, ['note']) } });
    case 'hand-over': return post('/api/v1/items/{item}/hand-over', { ...at, body: { to: text(draft, 'to'), ...said(draft, ['note']) } });
    case 'merge': return post('/api/v1/items/{item}/merge', { ...at, body: { into: text(draft, 'into'), ...said(draft, ['note']) } });
    case 'note': return post('/api/v1/items/{item}/note', { ...at, body: { text: text(draft, 'text') } });
    case 'objects': return post('/api/v1/items/{item}/objects', { ...at, body: said(draft, ['note']) });
    case 'no-objection': return post('/api/v1/items/{item}/no-objection', at as never);
    case 'our-failure': return post('/api/v1/items/{item}/our-failure', { ...at, body: { ours: !item.our_failure, ...said(draft, ['note']) } });
    case 'theme': {
      const theme = draft['theme'] === 'new' ? (await post('/api/v1/themes', { body: { title: text(draft, 'title') } })).alias : text(draft, 'theme');
      await post('/api/v1/themes/{theme}/add', { names: { theme }, body: { items: [item.alias] } });
      return item;
    }
  }
}

/** Whether what I wrote can still be done to the item as it is now. */
export const stillFollows = (action: Action, item: Item): boolean => action === 'note' || may(item, action);
