// One word to many customers, each about their own item. Every step can be tried first: `dry_run` says for whom.
import { post, type Answer } from '../api/client';
import type { Draft } from './drafts';

export type ThemeAction = 'hear' | 'decide' | 'change' | 'tell' | 'undo' | 'add';
export type Report = Answer<'/api/v1/themes/{theme}/hear', 'post'>;

const text = (draft: Draft, field: string) => String(draft[field] ?? '').trim();
const given = (draft: Draft, fields: string[]) => Object.fromEntries(fields.filter((each) => text(draft, each)).map((each) => [each, text(draft, each)]));

export function runTheme(action: ThemeAction, theme: string, draft: Draft, dry_run: boolean): Promise<Report> {
  const names = { theme };
  switch (action) {
    case 'hear': return post('/api/v1/themes/{theme}/hear', { names, body: { text: text(draft, 'text'), mail: draft['mail'] !== false, dry_run } });
    case 'decide': {
      const will_change = draft['will_change'] === 'yes';
      const body = { will_change, text: text(draft, 'text'), our_failure: false, dry_run, ...given(draft, ['why', 'trade_off', ...(will_change ? ['by'] : [])]) };
      return post('/api/v1/themes/{theme}/decide', { names, body });
    }
    case 'change': {
      const failure = { went_wrong: text(draft, 'went_wrong'), learned: text(draft, 'learned'), prevention: text(draft, 'prevention') };
      return post('/api/v1/themes/{theme}/change', { names, body: { text: text(draft, 'text'), dry_run, ...given(draft, ['link']), ...(failure.went_wrong ? { failure } : {}) } });
    }
    case 'tell': return post('/api/v1/themes/{theme}/tell', { names, body: { dry_run } });
    case 'undo': return post('/api/v1/themes/{theme}/undo', { names, body: { dry_run } });
    case 'add': return post('/api/v1/themes/{theme}/add', { names, body: { items: itemsOf(text(draft, 'items')) } });
  }
}

/** "LP-1, lp2 and LP-3" as three names. */
export const itemsOf = (words: string): string[] => [...words.matchAll(/\blp-?(\d+)\b|\b(itm_\w+)/gi)].map(([, number, id]) => id ?? `LP-${number}`);
