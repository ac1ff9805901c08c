import { get } from '../api/client';
import { Loaded } from './load.svelte';

/** How many items stand in each state: the rail and the board both show it, and ask for it once. */
export const counts = new Loaded((signal) => get('/api/v1/items/counts', {}, undefined, signal));
