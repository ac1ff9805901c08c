// Files of theirs: which columns each kind has, and how a table becomes the CSV that the API reads.
import { Problem, send, type Schemas } from '../api/client';

export type Report = Schemas['ImportReport'] & { raised?: number };
interface Kind { needed: string[]; more: string[]; example: string[] }

export const kFiles = {
  accounts: { needed: ['ref', 'name'], more: ['segment', 'owner_email', 'owner_name', 'renewal_on', 'annual_revenue'], example: ['A-17', 'Moss Freight', 'reliable', 'priya@example.com', 'Priya Raman', '2027-03-01', '184000'] },
  contacts: { needed: ['account_ref', 'name'], more: ['email', 'level', 'language', 'zone', 'active', 'tags', 'known_since'], example: ['A-17', 'Dele Okafor', 'dele@moss.example', 'managerial', 'en', 'Europe/London', 'true', '', ''] },
  answers: { needed: ['contact', 'date'], more: ['account_ref', 'score', 'comment', 'declared', 'language', 'may_quote', 'key'], example: ['dele@moss.example', '2026-05-04', 'A-17', '6', 'Nobody calls back.', '', 'en', 'true', ''] },
  touchpoints: { needed: ['ref', 'account_ref', 'kind', 'at'], more: ['minutes', 'contacts', 'teammates', 'topics'], example: ['M-1', 'A-17', 'meeting', '2026-05-04', '45', 'dele@moss.example', 'priya@example.com', 'renewal'] },
  acts: { needed: ['contact', 'type', 'date'], more: ['account_ref', 'verified', 'incentivised', 'stars', 'ref', 'note'], example: ['dele@moss.example', 'reference_call', '2026-05-04', 'A-17', 'true', 'false', '', '', ''] }
} as const satisfies Record<string, Kind>;
export type FileKind = keyof typeof kFiles;
export const kFileKinds = Object.keys(kFiles) as FileKind[];

const quoted = (cell: string) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
export const csvOfRows = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.map(quoted).join(',')).join('\r\n') + '\r\n';
export const templateOf = (kind: FileKind): string => csvOfRows([[...kFiles[kind].needed, ...kFiles[kind].more], kFiles[kind].example]);

/** RFC 4180 with any separator. */
function rowsOf(text: string, separator: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '', within = false;
  const end = () => { rows.at(-1)!.push(cell); cell = ''; };
  for (let i = 0; i < text.length; i += 1) {
    const letter = text[i]!;
    if (within) {
      if (letter !== '"') cell += letter;
      else if (text[i + 1] === '"') { cell += '"'; i += 1; }
      else within = false;
    } else if (letter === '"' && cell === '') within = true;
    else if (letter === separator) end();
    else if (letter === '\n') { end(); rows.push([]); }
    else if (letter !== '\r') cell += letter;
  }
  if (cell !== '' || rows.at(-1)!.length) end();
  return rows.filter((row) => row.length);
}
/** Spreadsheets write semicolons or tabs where a comma is part of numbers; the API reads commas. Line numbers stay what they are. */
export function withCommas(text: string): string {
  const head = text.slice(0, text.search(/\r?\n|$/));
  const separator = [';', '\t'].find((each) => head.includes(each) && !head.includes(','));
  return separator ? csvOfRows(rowsOf(text, separator)) : text;
}
/** What is not UTF-8 is what Windows wrote before. */
export function textIn(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

export async function bring(kind: FileKind, csv: string, dry_run: boolean, raise_items = false): Promise<Report> {
  const query = new URLSearchParams({ dry_run: String(dry_run), ...(kind === 'answers' ? { raise_items: String(raise_items) } : {}) });
  const response = await send(`/api/v1/imports/${kind}?${query}`, { method: 'POST', headers: { 'Content-Type': 'text/csv' }, body: csv });
  return (await response.json()) as Report;
}

/** One account or person that was not there before; whoever is there already stays as they are. */
export async function bringOne(kind: 'accounts' | 'contacts', row: Record<string, string>, taken: string) {
  const csv = csvOfRows([Object.keys(row), Object.values(row)]);
  const tried = await bring(kind, csv, true);
  if (tried.problems.length) throw new Problem(422, '', tried.problems.map((each) => each.reason).join('; '));
  if (tried.added === 0) throw new Problem(409, '', taken);
  await bring(kind, csv, false);
}
