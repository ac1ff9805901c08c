// What a plugin can be told, read from its JSON Schema: one field for each plain member, and one text for everything else.

export type Kind = 'text' | 'number' | 'switch' | 'choice' | 'secret' | 'json';
export interface Setting { name: string; kind: Kind; about: string; required: boolean; choices: string[] }

type Json = Record<string, unknown>;
const asObject = (value: unknown): Json => (value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Json) : {});

function kindOf(schema: Json): Kind {
  if (Array.isArray(schema['enum']) && schema['enum'].every((each) => typeof each === 'string')) return 'choice';
  if (schema['type'] === 'string') return 'text';
  if (schema['type'] === 'integer' || schema['type'] === 'number') return 'number';
  return schema['type'] === 'boolean' ? 'switch' : 'json';
}

export function settingsOf(schema: unknown, secrets: string[]): Setting[] {
  const required = asObject(schema)['required'];
  return Object.entries(asObject(asObject(schema)['properties'])).map(([name, value]) => {
    const member = asObject(value);
    const kind = secrets.includes(name) ? 'secret' : kindOf(member);
    return {
      name, kind, about: String(member['description'] ?? member['title'] ?? ''), required: Array.isArray(required) && required.includes(name),
      choices: kind === 'choice' ? (member['enum'] as string[]) : []
    };
  });
}

/** As a field shows it. */
export function shown(setting: Setting, config: unknown): string | boolean {
  const value = asObject(config)[setting.name];
  if (setting.kind === 'switch') return value === true;
  if (value === undefined) return '';
  return setting.kind === 'json' ? JSON.stringify(value, null, 2) : String(value);
}

/** What the fields say, as the whole configuration. Throws the name of the field that cannot be read. */
export function written(settings: Setting[], fields: Record<string, string | boolean>): Json {
  const config: Json = {};
  for (const { name, kind, required } of settings) {
    const value = fields[name] ?? '';
    if (kind === 'switch') config[name] = value === true;
    else if (value === '' && !required) continue;
    else if (kind === 'number') config[name] = readNumber(name, String(value));
    else if (kind === 'json') config[name] = readJson(name, String(value));
    else config[name] = value;
  }
  return config;
}

function readNumber(name: string, text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) throw name;
  return number;
}

function readJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw name;
  }
}
