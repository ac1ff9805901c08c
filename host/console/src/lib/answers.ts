// The last word of each person at an account.
import { get, type Schemas } from '../api/client';

export type Given = Pick<Schemas['Answer'], 'score' | 'class'> & { contact: { id: string }; occurred_at: string };

/** For each contact the newest answer with a score that counts; a machine's does not. */
export function lastOf(answers: Given[]): Map<string, Given> {
  const last = new Map<string, Given>();
  for (const given of answers) {
    if (given.score === null || given.class === 'likely_bot') continue;
    const known = last.get(given.contact.id);
    if (!known || known.occurred_at < given.occurred_at) last.set(given.contact.id, given);
  }
  return last;
}
/** They come in the order of their arrival; among so many the last of everybody is found. */
const kPages = 4;
export async function lastAnswers(account: string, signal: AbortSignal): Promise<Map<string, Given>> {
  const all: Given[] = [];
  let cursor: string | null = '';
  for (let page = 0; page < kPages && cursor !== null; page += 1) {
    const { answers, next }: { answers: Schemas['Answer'][]; next: string | null } = await get('/api/v1/answers', {}, { account, limit: 500, ...(cursor ? { cursor } : {}) }, signal);
    all.push(...answers.filter((each) => each.kind === 'relationship.answer').map((each) => ({ ...each, occurred_at: each.occurred_at ?? '' })));
    cursor = next;
  }
  return lastOf(all);
}
