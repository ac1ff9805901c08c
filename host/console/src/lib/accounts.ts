import { get, type Schemas } from '../api/client';
import { ifThere } from './load.svelte';

export type Account = Schemas['Account'];

/** The account of that id or number; nothing when there is none. */
export const findAccount = (id: string, signal: AbortSignal) => ifThere(get('/api/v1/accounts/{account}', { account: id }, undefined, signal));
