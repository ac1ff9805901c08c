// The relationship web as a plan: who stands where, and along which way a thread runs. Plain numbers, so that tests need no browser.
import type { Schemas } from '../api/client';
import { kLevels } from './filters';

export type Thread = Schemas['Thread'];
export type Contact = Schemas['Contact'];
export type Level = (typeof kLevels)[number];
export const kRow = 132, kGap = 8, kLeft = 176;
const kRight = 132, kFrom = 112, kDisc = 64, kLane = 13, kPitch = 7;

export interface Tier { level: Level; people: Contact[]; via: string[]; known: number; single: boolean }
export interface Web { ours: { id: string; name: string }[]; tiers: Tier[]; alive: Thread[]; hidden: number }

/** More of them than that cannot be told apart; who has the strongest threads comes first. */
const kOurs = 8, kTheirs = 7;

export function webOf(contacts: Contact[], threads: Thread[]): Web {
  const here = contacts.filter((each) => each.active);
  const touches = (id: string) => threads.filter((each) => each.contact.id === id).reduce((sum, each) => sum + each.touches, 0);
  const shown = kLevels.map((level) => here.filter((each) => each.level === level).sort((a, b) => touches(b.id) - touches(a.id)).slice(0, kTheirs));
  const ids = new Set(shown.flat().map((each) => each.id));
  const alive = threads.filter((each) => each.touches > 0 && ids.has(each.contact.id));
  const ours = [...new Map(alive.map((each) => [each.teammate.id, each.teammate])).values()].slice(0, kOurs);
  const kept = alive.filter((each) => ours.some((one) => one.id === each.teammate.id));
  const tiers = kLevels.map((level, n) => {
    const people = shown[n]!;
    const reach = kept.filter((each) => people.some((one) => one.id === each.contact.id));
    const via = ours.filter((one) => reach.some((each) => each.teammate.id === one.id)).map((one) => one.id);
    return { level, people, via, known: new Set(reach.map((each) => each.contact.id)).size, single: via.length === 1 };
  });
  return { ours, tiers, alive: kept, hidden: here.length - ids.size };
}

export const heightOf = (web: Web): number => Math.max(kRow * web.tiers.length - kGap, web.ours.length * 44);
export const topOf = (web: Web, level: Level): number => kRow * web.tiers.findIndex((each) => each.level === level);
export const oursAt = (web: Web, id: string): number => (heightOf(web) * (web.ours.findIndex((each) => each.id === id) + 0.5)) / web.ours.length;

export function theirsAt(web: Web, contact: Contact, width: number): { x: number; y: number } {
  const { people } = web.tiers.find((each) => each.level === contact.level)!;
  const at = people.findIndex((each) => each.id === contact.id);
  return { x: kLeft + 14 + ((width - kLeft - kRight - 14) * (at + 0.5)) / people.length, y: topOf(web, contact.level) + kDisc };
}
export const known = (web: Web, contact: string): string[] => web.alive.filter((each) => each.contact.id === contact).map((each) => each.teammate.id);
/** Two meetings are not twice as strong as one. */
export const strength = (thread: Thread): number => Math.min(6, 0.9 + Math.log2(1 + thread.touches) * 1.1);

/** Out of our person, along their own trunk, along their lane in the tier, down to the contact. */
export function wayOf(web: Web, thread: Thread, width: number): string {
  const tier = web.tiers.find((each) => each.people.some((one) => one.id === thread.contact.id))!;
  const contact = tier.people.find((each) => each.id === thread.contact.id)!;
  const by = known(web, contact.id), ours = web.ours.findIndex((each) => each.id === thread.teammate.id);
  const y = oursAt(web, thread.teammate.id), trunk = kFrom + 14 + ours * 7;
  const lane = topOf(web, tier.level) + kLane + tier.via.indexOf(thread.teammate.id) * kPitch;
  const to = theirsAt(web, contact, width).x + (by.indexOf(thread.teammate.id) - (by.length - 1) / 2) * 9;
  const way = lane < y ? -1 : 1, bend = Math.min(9, Math.abs(lane - y) / 2);
  return `M${kFrom} ${y}H${trunk - bend}Q${trunk} ${y} ${trunk} ${y + way * bend}V${lane - way * bend}Q${trunk} ${lane} ${trunk + bend} ${lane}H${to - 9}Q${to} ${lane} ${to} ${lane + 9}V${topOf(web, tier.level) + kDisc - 20}`;
}
