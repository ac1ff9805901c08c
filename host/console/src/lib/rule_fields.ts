// The rules that most need, as fields. What says more than fields can hold stays in the document.
import type { Schemas } from '../api/client';
import type { kLevels, kSegments } from './filters';

export type Rule = Schemas['Rule'];
export const kDues = ['hear', 'decide', 'change', 'tell'] as const;
/** Numbers and lists as they are typed: "7", "invoice, bill*"; empty says nothing. */
export interface RuleFields {
  name: string;
  at_most: string;
  comment: boolean;
  contact_me: boolean;
  levels: (typeof kLevels)[number][];
  segments: (typeof kSegments)[number][];
  words: string;
  raise: '' | 'yes' | 'no';
  owner: string;
  due: Record<(typeof kDues)[number], string>;
  watchers: string[];
}

export const emptyRule = (): RuleFields => ({ name: '', at_most: '', comment: false, contact_me: false, levels: [], segments: [], words: '', raise: 'yes', owner: '', due: { hear: '', decide: '', change: '', tell: '' }, watchers: [] });

const wordsIn = (text: string) => text.split(/[,\n]/).map((each) => each.trim()).filter(Boolean);
const numberIn = (text: string) => (text.trim() === '' ? undefined : Number(text));
/** Without what says nothing. */
const said = (parts: Record<string, unknown>) => Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined && part !== false && part !== '' && !(Array.isArray(part) && part.length === 0)));

export function ruleOf(fields: RuleFields): Rule {
  const at_most = numberIn(fields.at_most);
  const due = said(Object.fromEntries(kDues.map((each) => [`${each}_days`, numberIn(fields.due[each])])));
  const when = said({ score: at_most === undefined ? undefined : { at_most }, comment: fields.comment, contact_me: fields.contact_me, levels: fields.levels, segments: fields.segments, words: wordsIn(fields.words) });
  const then = { ...(fields.raise ? { raise: fields.raise === 'yes' } : {}), ...said({ owner: fields.owner, due: Object.keys(due).length ? due : undefined, watchers: fields.watchers }) };
  return { name: fields.name.trim(), ...(Object.keys(when).length ? { when } : {}), then } as Rule;
}

/** The same whatever order its members stand in. */
const sorted = (value: unknown): unknown => Array.isArray(value) ? value.map(sorted) : value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, sorted(part)])) : value;
const alike = (a: unknown, b: unknown) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

interface When { score?: { at_most?: number }; comment?: boolean; contact_me?: boolean; levels?: RuleFields['levels']; segments?: RuleFields['segments']; words?: string[] }
interface Then { raise?: boolean; owner?: string; due?: Record<string, number>; watchers?: string[] }

/** Nothing when the fields would lose a part of it. */
export function fieldsOf(rule: Rule): RuleFields | undefined {
  const when = (rule.when ?? {}) as When, then = (rule.then ?? {}) as Then;
  try {
    const fields: RuleFields = {
      name: rule.name, at_most: String(when.score?.at_most ?? ''), comment: when.comment === true, contact_me: when.contact_me === true,
      levels: [...(when.levels ?? [])], segments: [...(when.segments ?? [])], words: (when.words ?? []).join(', '),
      raise: then.raise === undefined ? '' : then.raise ? 'yes' : 'no', owner: then.owner ?? '',
      due: Object.fromEntries(kDues.map((each) => [each, String(then.due?.[`${each}_days`] ?? '')])) as RuleFields['due'], watchers: [...(then.watchers ?? [])]
    };
    const { when: nothing, ...rest } = rule;
    return alike(ruleOf(fields), nothing && Object.keys(nothing).length === 0 ? rest : rule) ? fields : undefined;
  } catch {
    return undefined; // somebody is still writing the document
  }
}

/** What the host would refuse: no name, or no consequence. */
export const lackOf = (fields: RuleFields): 'name' | 'then' | undefined => (!fields.name.trim() ? 'name' : Object.keys(ruleOf(fields).then).length === 0 ? 'then' : undefined);

/** The document's rules; nothing while it cannot be read as a list of them. */
export function rulesIn(text: string): Rule[] | undefined {
  try {
    const rules: unknown = JSON.parse(text);
    return Array.isArray(rules) && rules.every((each) => each !== null && typeof each === 'object' && typeof (each as Rule).name === 'string') ? (rules as Rule[]) : undefined;
  } catch {
    return undefined;
  }
}
