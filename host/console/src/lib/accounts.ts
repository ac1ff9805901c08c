import { get, Problem, type Schemas } from '../api/client';

export type Account = Schemas['Account'];

/** The account of that id or number; nothing when there is none. */
export async function findAccount(id: string, signal: AbortSignal): Promise<Schemas['WholeAccount'] | undefined> {
  try {
    return await get('/api/v1/accounts/{account}', { account: id }, undefined, signal);
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 404) return undefined;
    throw failure;
  }
}
