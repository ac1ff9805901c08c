import { speech, t } from './i18n.svelte';
import { signed } from './words';

// A format costs far more to make than to use, and a board uses few of them hundreds of times.
const made = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();
function once<F extends Intl.DateTimeFormat | Intl.NumberFormat>(Format: new (locale: string, options: never) => F, options: Intl.DateTimeFormatOptions | Intl.NumberFormatOptions): F {
  const name = `${speech.locale} ${JSON.stringify(options)} ${Format.name}`;
  const format = (made.get(name) as F | undefined) ?? new Format(speech.locale, options as never);
  made.set(name, format);
  return format;
}
const numeral = (n: number, options: Intl.NumberFormatOptions = {}) => once(Intl.NumberFormat, options).format(n);
const date = (iso: string, options: Intl.DateTimeFormatOptions) => once(Intl.DateTimeFormat, options).format(new Date(iso));
export const day = (iso: string) =>
  date(iso, new Date(iso).getFullYear() === new Date().getFullYear() ? { day: 'numeric', month: 'short' } : { day: 'numeric', month: 'short', year: 'numeric' });
export const moment = (iso: string) => `${day(iso)}, ${date(iso, { hour: '2-digit', minute: '2-digit' })}`;
export const civil = (isoDay: string) => (isoDay ? date(`${isoDay}T12:00:00`, { day: 'numeric', month: 'short', year: 'numeric' }) : '');
export const money = (amount: number) => numeral(amount, { maximumFractionDigits: 0 });
export const count = (number: number) => numeral(number);
export const list = (words: string[]) => new Intl.ListFormat(speech.locale, { type: 'conjunction' }).format(words);

export function figure(value: number, unit: string): string {
  const number = (n: number, digits: number) => numeral(n, { maximumFractionDigits: digits });
  if (unit === 'share') return t('figure.percent', { value: number(value * 100, Math.abs(value) < 0.1 && value !== 0 ? 1 : 0) });
  if (unit === 'points') return signed(number(value, 0), Math.round(value));
  if (unit === 'days') return t('figure.days', { value: number(value, 1), n: value });
  return number(value, 2);
}

/** "1.4 days", "3 hours": how long something usually takes. */
export function pace(seconds: number): string {
  const number = (n: number) => numeral(n, { maximumFractionDigits: n < 10 ? 1 : 0 });
  const [hours, days] = [seconds / 3600, seconds / 86_400];
  if (hours < 1) return t('span.minutes', { n: Math.max(1, Math.round(seconds / 60)) });
  return days < 1 ? t('board.hours', { value: number(hours), n: hours }) : t('figure.days', { value: number(days), n: days });
}

/** "3 days", "5 hours": between now and then, in the larger unit that is at least one. */
export function span(milliseconds: number): string {
  const minutes = Math.max(1, Math.round(Math.abs(milliseconds) / 60_000));
  if (minutes < 60) return t('span.minutes', { n: minutes });
  if (minutes < 36 * 60) return t('span.hours', { n: Math.round(minutes / 60) });
  return t('span.days', { n: Math.round(minutes / 1440) });
}
