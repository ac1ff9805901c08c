import type { Schemas } from '../api/client';

export type Audience = Schemas['Audience'];

/** Whom a campaign asks, in parts that a page puts into words. */
export function partsOf(audience: Audience): { kind: 'all' | 'segment' | 'level' | 'role' | 'tag' | 'account' | 'contact'; names: string[] }[] {
  if (audience.all) return [{ kind: 'all', names: [] }];
  return ([['segment', audience.segments], ['level', audience.levels], ['role', audience.roles], ['tag', audience.tags], ['account', audience.accounts], ['contact', audience.contacts]] as const)
    .filter(([, names]) => names?.length).map(([kind, names]) => ({ kind, names: [...names!] }));
}

/** What the dialogs offer: one person, or everybody whom the lists leave. */
export interface Whom { one: boolean; contact: string; segments: NonNullable<Audience['segments']>; levels: NonNullable<Audience['levels']> }
export const everybody = (): Whom => ({ one: false, contact: '', segments: [], levels: [] });

/** Whom it is for; nobody yet while the one person is not known. */
export function audienceFor(whom: Whom, account = ''): Audience | undefined {
  if (whom.one) return whom.contact ? { contacts: [whom.contact] } : undefined;
  return audienceOf({ accounts: account ? [account] : [], segments: whom.segments, levels: whom.levels });
}

/** Nothing chosen is everybody. */
export function audienceOf(chosen: { accounts?: Audience['accounts']; segments: Audience['segments']; levels: Audience['levels'] }): Audience {
  const said = Object.fromEntries(Object.entries(chosen).filter(([, names]) => names?.length));
  return Object.keys(said).length ? said : { all: true };
}
