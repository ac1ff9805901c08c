import { saidFilters, type Filters } from './filters';
import { t, word } from './i18n.svelte';
import { team } from './team.svelte';

/** Nothing fits what a list is narrowed by; says what that is. */
export function nothingFits(filters: Filters): string {
  const said = saidFilters(filters, word, t('filter.late'), (owner) => team.byId(owner)?.name ?? '');
  return said.length ? t('list.nothing_of', { filters: said.join(', ') }) : t('list.nothing');
}
