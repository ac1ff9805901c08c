import { get, type Schemas } from '../api/client';

export type Account = Schemas['Account'];

/** The account of that id. The API lists accounts and shows none alone, so this reads lists until it comes by. */
export async function findAccount(id: string, signal: AbortSignal): Promise<Account | undefined> {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: { accounts: Account[]; next: string | null } = await get('/api/v1/accounts', {}, { limit: 1000, ...(cursor ? { cursor } : {}) }, signal);
    const found = page.accounts.find((each) => each.id === id || each.ref === id);
    if (found) return found;
    cursor = page.next;
  }
  return undefined;
}
