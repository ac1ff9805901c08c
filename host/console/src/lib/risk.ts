// What endangers an account, worst first: late loops, tiers that only one of us or nobody knows, a renewal that is near.
import type { Level, Tier } from './web';

export interface Risk { kind: 'late' | 'nobody' | 'single'; n: number; level?: Level; who?: string }
/** A renewal is worth a word for so long before it. */
export const kNear = 120;

export const daysUntil = (civil: string, today = new Date()): number => Math.round((Date.parse(`${civil}T12:00:00Z`) - Date.parse(`${today.toISOString().slice(0, 10)}T12:00:00Z`)) / 86_400_000);
export const isNear = (renewal_on: string, today = new Date()): boolean => renewal_on !== '' && daysUntil(renewal_on, today) >= 0 && daysUntil(renewal_on, today) <= kNear;

/** The tiers above the operational one decide; where nobody writes down whom we meet, nothing is said about threads. */
export function risksOf(late: number, tiers: Tier[], nameOf: (id: string) => string): Risk[] {
  const met = tiers.some((each) => each.known > 0);
  const above = met ? tiers.filter((each) => each.level !== 'operational' && each.people.length > 0) : [];
  return [
    ...(late > 0 ? [{ kind: 'late' as const, n: late }] : []),
    ...above.filter((each) => each.known === 0).map((each) => ({ kind: 'nobody' as const, n: each.people.length, level: each.level })),
    ...above.filter((each) => each.single).map((each) => ({ kind: 'single' as const, n: 1, level: each.level, who: nameOf(each.via[0]!) }))];
}
