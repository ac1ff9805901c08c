// What a list of items is narrowed down by. It lives in the address, and goes to the API as it is.
export interface Filters { owner?: string; overdue?: true; segment?: 'co_creator' | 'opportunity' | 'reliable' | 'edge' | 'unclassified'; level?: 'operational' | 'managerial' | 'executive'; q?: string; account?: string; theme?: string }

export const kSegments = ['co_creator', 'opportunity', 'reliable', 'edge', 'unclassified'] as const;
export const kLevels = ['executive', 'managerial', 'operational'] as const;
const names = ['owner', 'segment', 'level', 'q', 'account', 'theme'] as const;

/** For `router.filter`: whatever narrows the list goes. */
export const kNoFilters = { owner: '', overdue: '', level: '', segment: '', q: '', account: '', theme: '' };

/** What narrows a list, one word or name for each. */
export function saidFilters(filters: Filters, word: (family: string, name: string) => string, late: string, nameOf: (owner: string) => string): string[] {
  return [filters.overdue ? late : '', filters.level ? word('level', filters.level) : '', filters.segment ? word('segment', filters.segment) : '', filters.owner ? nameOf(filters.owner) : '', filters.q ? `“${filters.q}”` : ''].filter(Boolean);
}

/** What an address does not know is left out; the API would refuse it. */
export function filtersOf(query: (name: string) => string): Filters {
  const filters: Record<string, string | true> = {};
  for (const name of names) if (query(name)) filters[name] = query(name);
  if (query('overdue')) filters['overdue'] = true;
  if (!(kSegments as readonly string[]).includes(String(filters['segment']))) delete filters['segment'];
  if (!(kLevels as readonly string[]).includes(String(filters['level']))) delete filters['level'];
  return filters as Filters;
}
