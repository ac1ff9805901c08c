import { inOrder, type Order } from '../../../host/console/src/lib/account_order';
import type { Account } from '../../../host/console/src/lib/accounts';
import { saidFilters } from '../../../host/console/src/lib/filters';
import { daysUntil, isNear, risksOf } from '../../../host/console/src/lib/risk';
import { sameView, viewsIn, withView } from '../../../host/console/src/lib/views.svelte';

const account = (name: string, renewal_on = '', annual_revenue: number | null = null): Account => ({ id: name, ref: name, name, segment: 'edge', owner: '', renewal_on, annual_revenue });
const all = [account('Moss', '2027-03-01', 10), account('Ärger', '', 30), account('Brass', '2027-01-01')];
const figures: Record<string, { nps: number | null; late: number }> = { Moss: { nps: 10, late: 0 }, Ärger: { nps: -20, late: 3 }, Brass: { nps: null, late: 1 } };
const names = (order: Order, turned = false) => inOrder(all, (each) => figures[each.name]!, order, turned, 'de').map((each) => each.name);

describe('The list of accounts', () => {
  it('begins with what one looks for: the worst figure, the most late loops, the next renewal, the largest customer', () => {
    expect(names('nps')).toEqual(['Ärger', 'Moss', 'Brass']);
    expect(names('late')).toEqual(['Ärger', 'Brass', 'Moss']);
    expect(names('renewal')).toEqual(['Brass', 'Moss', 'Ärger']);
    expect(names('revenue')).toEqual(['Ärger', 'Moss', 'Brass']);
  });
  it('turns round, and what has no value stays last', () => {
    expect(names('nps', true)).toEqual(['Moss', 'Ärger', 'Brass']);
    expect(names('name', true)).toEqual(['Moss', 'Brass', 'Ärger']);
  });
});

describe('What endangers an account', () => {
  const tier = (level: 'executive' | 'managerial' | 'operational', people: number, known: number, via: string[]) => ({ level, people: Array.from({ length: people }) as never[], known, via, single: via.length === 1 });
  it('is late loops first, then tiers above the operational one that nobody or one of us knows', () => {
    const found = risksOf(2, [tier('executive', 1, 0, []), tier('managerial', 3, 2, ['t1']), tier('operational', 2, 1, ['t1'])], () => 'Priya');
    expect(found.map((each) => [each.kind, each.level, each.who])).toEqual([['late', undefined, undefined], ['nobody', 'executive', undefined], ['single', 'managerial', 'Priya']]);
  });
  it('says nothing of threads where nobody writes down whom we meet', () => expect(risksOf(0, [tier('executive', 1, 0, []), tier('managerial', 1, 0, [])], () => '')).toEqual([]));
  it('knows a renewal that is near', () => {
    const today = new Date('2026-11-22T20:00:00Z');
    expect(daysUntil('2027-03-02', today)).toBe(100);
    expect([isNear('2027-03-02', today), isNear('2027-09-01', today), isNear('2026-11-01', today), isNear('', today)]).toEqual([true, false, false, false]);
  });
});

describe('Views and filters', () => {
  it('keeps one view of each name, the newer', () => expect(withView([{ name: 'a', search: 'x=1' }], { name: 'a', search: 'y=2' })).toEqual([{ name: 'a', search: 'y=2' }]));
  it('reads back only views', () => {
    expect(viewsIn('[{"name":"a","search":"x=1"},{"name":3},null]')).toEqual([{ name: 'a', search: 'x=1' }]);
    expect([viewsIn('nonsense'), viewsIn(null), viewsIn('{}')]).toEqual([[], [], []]);
  });
  it('knows a view whatever the order of its filters', () => expect([sameView('a=1&b=2', 'b=2&a=1'), sameView('a=1', 'a=2')]).toEqual([true, false]));
  it('names what a list is narrowed by', () => expect(saidFilters({ overdue: true, level: 'executive', owner: 't', q: 'zz' }, (_, name) => name, 'Late', () => 'Priya')).toEqual(['Late', 'executive', 'Priya', '“zz”']));
});
