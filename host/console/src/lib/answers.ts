// The last word of each person, from the export of answers: it is the list of answers that the API has.
import { address, send } from '../api/client';

export interface Given { contact: { id: string; name: string }; score: number | null; class: string; occurred_at: string }

/** For each contact the newest answer with a score that counts; a machine's does not. */
export function lastOf(lines: string): Map<string, Given> {
  const last = new Map<string, Given>();
  for (const line of lines.split('\n').filter(Boolean)) {
    const given = JSON.parse(line) as Given;
    if (given.score === null || given.class === 'likely_bot') continue;
    const known = last.get(given.contact.id);
    if (!known || known.occurred_at < given.occurred_at) last.set(given.contact.id, given);
  }
  return last;
}
export async function lastAnswers(account: string, signal: AbortSignal): Promise<Map<string, Given>> {
  const response = await send(address('/api/v1/exports/{what}', { what: 'answers' }, { format: 'jsonl', kind: 'relationship.answer', account }), { signal });
  return lastOf(await response.text());
}
