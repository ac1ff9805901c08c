// From figures to what a chart draws: waves, a scale, and what may be said about the difference of two of them.
import type { Schemas } from '../api/client';

export type Figure = Schemas['Figure'];
export interface Wave { label: string; value: number | null; low: number | null; high: number | null; n: number }
export interface Series { name: string; waves: Wave[] }
export interface Scale { min: number; max: number; ticks: number[] }

/** Fewer answers than this are not read alone. */
export const kFew = 10;

export const waveOf = (label: string, figure: Figure): Wave => ({ label, value: figure.value, low: figure.interval?.low ?? null, high: figure.interval?.high ?? null, n: figure.n });
/** 2026Q3 → Q3 26: quarters as people write them. */
export const quarter = (name: string): string => name.replace(/^\d\d(\d\d)Q(\d)$/, 'Q$2 $1');

export function scaleOf(series: Series[], unit: string): Scale {
  const seen = series.flatMap((each) => each.waves).flatMap((wave) => [wave.value, wave.low, wave.high]).filter((value): value is number => value !== null);
  const least = Math.min(0, ...seen), most = Math.max(unit === 'share' ? 0.1 : 1, ...seen);
  const rough = (most - least) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough)!;
  const min = Math.floor(least / step) * step, max = Math.ceil(most / step) * step;
  return { min, max, ticks: Array.from({ length: Math.round((max - min) / step) + 1 }, (_, i) => Number((min + i * step).toPrecision(12))) };
}

export type Verdict = 'unknown' | 'same' | 'perhaps' | 'surely';
/**
 * Whether two waves differ by more than chance. Intervals that do not touch leave no doubt; whether those that overlap differ nobody can
 * say from two intervals alone, so it "could be chance".
 */
export function verdict(before: Wave | undefined, after: Wave | undefined): Verdict {
  if (!before || !after || before.value === null || after.value === null || before.low === null || before.high === null || after.low === null || after.high === null) return 'unknown';
  if (before.value === after.value) return 'same';
  return after.low > before.high || after.high < before.low ? 'surely' : 'perhaps';
}

/** What a spreadsheet reads; a cell that it would calculate begins with an apostrophe. */
export function csvOf(rows: (string | number | null)[][]): string {
  const cell = (value: string | number | null) => {
    const text = value === null ? '' : String(value);
    const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}
