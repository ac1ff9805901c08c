// The list of accounts in the order that somebody chose. What has no value comes last, whichever way it goes.
import type { Account } from './accounts';

export const kOrders = ['name', 'nps', 'advocacy', 'late', 'renewal', 'revenue'] as const;
export type Order = (typeof kOrders)[number];
export interface Known { nps?: number | null; advocacy?: number | null; late: number }

function valueOf(account: Account, known: Known, order: Order): number | string | null {
  switch (order) {
    case 'name': return account.name;
    case 'nps': return known.nps ?? null;
    case 'advocacy': return known.advocacy ?? null;
    case 'late': return known.late;
    case 'renewal': return account.renewal_on || null;
    case 'revenue': return account.annual_revenue;
  }
}
/** At first as one looks for it: the worst figure, the most late loops, the next renewal, the largest customer. */
export const kDownFirst: readonly Order[] = ['late', 'revenue'];

export function inOrder(accounts: Account[], known: (account: Account) => Known, order: Order, turned: boolean, locale: string): Account[] {
  const way = kDownFirst.includes(order) !== turned ? -1 : 1;
  const words = new Intl.Collator(locale, { numeric: true });
  return [...accounts].sort((one, other) => {
    const [a, b] = [valueOf(one, known(one), order), valueOf(other, known(other), order)];
    if (a === null || b === null) return a === b ? words.compare(one.name, other.name) : a === null ? 1 : -1;
    const by = typeof a === 'string' ? words.compare(a, String(b)) : a - Number(b);
    return by === 0 ? words.compare(one.name, other.name) : way * by;
  });
}
