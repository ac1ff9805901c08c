// Both languages say everything, and nothing is said that no page asks for.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import de from '../../../host/console/src/messages/de.json';
import en from '../../../host/console/src/messages/en.json';

type Catalogue = Record<string, string | Record<string, string>>;
const source = join(import.meta.dirname, '../../../host/console/src');
const code = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(svelte|ts)$/.test(name) && !name.endsWith('.d.ts')).map((name) => readFileSync(join(source, name), 'utf8')).join('\n');
const placeholders = (entry: Catalogue[string]) => [...new Set(JSON.stringify(entry).match(/\{\w+\}/g) ?? [])].sort();

describe('The catalogues', () => {
  it('have the same keys', () => expect(Object.keys(de)).toEqual(Object.keys(en)));
  it('fill in the same values', () => {
    for (const [key, entry] of Object.entries(en as Catalogue)) expect(placeholders((de as Catalogue)[key]!), key).toEqual(placeholders(entry));
  });
  it('know singular and plural in both languages or in none', () => {
    for (const [key, entry] of Object.entries(en as Catalogue)) expect(typeof (de as Catalogue)[key], key).toBe(typeof entry);
  });
  it('leave no sentence empty', () => {
    for (const [key, entry] of [...Object.entries(en as Catalogue), ...Object.entries(de as Catalogue)]) for (const text of typeof entry === 'string' ? [entry] : Object.values(entry)) expect(text.trim(), key).not.toBe('');
  });
  it('hold what pages ask for, and nothing else', () => {
    const asked = new Set([...code.matchAll(/['"`]([a-z_]+(?:\.[\w -]+)+)['"`]/g)].map(([, key]) => key));
    const families = new Set([...code.matchAll(/word\((?:kind|'([a-z_]+)')/g)].map(([, family]) => family).concat(['segment', 'level', 'view', 'grant', 'lack']));
    const built = [...code.matchAll(/t\(`([^`$]*)\$\{[^}]*\}([^`]*)`/g)].map(([, before, after]) => ({ before: before!, after: after! }));
    const unused = Object.keys(en).filter((key) => !asked.has(key) && !families.has(key.split('.')[0]!) && !built.some(({ before, after }) => key.startsWith(before) && key.endsWith(after)));
    expect(unused).toEqual([]);
  });
});
