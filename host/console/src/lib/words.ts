// How a catalogue is read: plain values, so that tests need no browser.
export type Entry = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Catalogue = Record<string, Entry>;
export type Args = Record<string, string | number>;

const rules = new Map<string, Intl.PluralRules>();
/** Making one takes as long as a hundred uses. */
function rulesOf(language: string): Intl.PluralRules {
  const known = rules.get(language) ?? new Intl.PluralRules(language);
  rules.set(language, known);
  return known;
}

/** `{n}` chooses the plural; whole sentences are keys, so that a language may put its words where it wants. */
export function phrase(entry: Entry | undefined, args: Args, language: string): string {
  if (entry === undefined) return '';
  const text = typeof entry === 'string' ? entry : (entry[rulesOf(language).select(Number(args['n'] ?? 0))] ?? entry.other ?? '');
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(args[name] ?? ''));
}

export const signed = (value: string, number: number) => (number > 0 ? `+${value}` : value.replace('-', '−'));
