// Single keys, silent where somebody types, and switched off in Settings (WCAG 2.1.4).
import { router } from './router.svelte';

type Act = () => void;
const kOff = 'candour.keys';
const places: Record<string, string> = { t: '/today', i: '/inbox', l: '/loop', a: '/accounts', r: '/trends', c: '/campaigns', s: '/surveys', h: '/themes', p: '/promises', m: '/mail' };

class Keys {
  enabled = $state(localStorage.getItem(kOff) !== 'off');
  private acts = new Map<string, Act[]>();
  private chord = -Infinity;

  switch(on: boolean) {
    this.enabled = on;
    localStorage.setItem(kOff, on ? 'on' : 'off');
  }
  /** For as long as the component lives; the last one that asked wins. */
  on(acts: Record<string, Act>) {
    $effect(() => {
      for (const [key, act] of Object.entries(acts)) this.acts.set(key, [...(this.acts.get(key) ?? []), act]);
      return () => {
        for (const [key, act] of Object.entries(acts)) this.acts.set(key, (this.acts.get(key) ?? []).filter((each) => each !== act));
      };
    });
  }
  press(event: KeyboardEvent) {
    const element = event.target as HTMLElement;
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') return this.run('palette', event);
    if (event.metaKey || event.ctrlKey || event.altKey || !this.enabled) return;
    if (element.closest('input:not([type=range], [type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog')) return;
    const chorded = event.timeStamp - this.chord < 1200;
    this.chord = -Infinity; // a time long before the page itself, or its first second would answer like a chord
    if (chorded && places[event.key]) { event.preventDefault(); return router.go(places[event.key]!); }
    if (event.key === 'g') { this.chord = event.timeStamp; return; }
    if (event.key === '/') return this.run('palette', event);
    this.run(event.key, event);
  }
  private run(key: string, event: KeyboardEvent) {
    const acts = this.acts.get(key) ?? [];
    if (acts.length === 0) return;
    event.preventDefault();
    for (const act of key === 'Escape' ? acts : acts.slice(-1)) act(); // Esc closes and clears whatever there is
  }
}
export const keys = new Keys();

/** Next or previous of what is marked with `data-row`; the first link or button in it takes the focus. */
export function walk(by: 1 | -1) {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')].filter((each) => each.offsetParent !== null);
  if (rows.length === 0) return;
  const at = rows.findIndex((each) => each.contains(document.activeElement));
  const row = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : (at + by + rows.length) % rows.length]!;
  (row.matches('a, button') ? row : row.querySelector<HTMLElement>('a, button'))?.focus();
}
