// A ledger as people read it: who said what to whom, and what only the house notes down.
import type { Schemas } from '../api/client';

export type LedgerEvent = Schemas['LedgerEvent'];
export type Look = 'words' | 'note' | 'statement' | 'line';
export interface Text { field: string; text: string }

const fromCustomer = ['raised', 'answered_again', 'corrected', 'replied', 'closing_answered', 'not_yet', 'seen', 'confirmed', 'merged_in'];
const statements: Record<string, string> = { heard: 'heard', decided_will_change: 'decided', decided_will_not_change: 'decided', changed: 'changed' };
const shown = ['verbatim', 'text', 'said', 'why', 'trade_off', 'went_wrong', 'learned', 'prevention', 'link', 'reason', 'note', 'detail'];

export const isStatement = (event: string): boolean => event in statements;
export const stageOfEvent = (event: string): string => statements[event] ?? '';

/** The words of an event in the order in which one reads them; never what belongs to the machine. */
export function textsOf(event: Pick<LedgerEvent, 'content'>): Text[] {
  return shown.filter((field) => event.content[field]).map((field) => ({ field, text: event.content[field]! }));
}

export function lookOf(event: Pick<LedgerEvent, 'event' | 'actor' | 'content'>): Look {
  if (isStatement(event.event)) return 'statement';
  const hasWords = textsOf(event).some((each) => ['verbatim', 'text', 'said'].includes(each.field));
  if (event.event === 'noted') return 'note';
  return hasWords && (event.actor.id.startsWith('con_') || fromCustomer.includes(event.event)) ? 'words' : 'line';
}

/** Microseconds since 1970, as the ledger writes instants into its content. */
export const instantOf = (microseconds: string | undefined): string | null => (microseconds && /^\d+$/.test(microseconds) ? new Date(Number(microseconds) / 1000).toISOString() : null);
