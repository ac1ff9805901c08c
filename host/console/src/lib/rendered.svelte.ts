import type { Problem } from '../api/client';

const kPause = 350;

/** What the host makes of something while somebody is still writing it. The old one stays until the new one is there. */
export class Rendered<T> {
  value = $state.raw<T>();
  problem = $state.raw<Problem>();
}

/** `wish` reads what is written and says how to ask, or that there is nothing to ask for. Asked at once, and then when the writer pauses. */
export function rendered<T>(wish: () => (() => Promise<T>) | undefined): Rendered<T> {
  const shown = new Rendered<T>();
  let before = false;
  $effect(() => {
    const ask = wish();
    if (!ask) return;
    let stale = false;
    const timer = setTimeout(async () => {
      try {
        const value = await ask();
        if (stale) return;
        shown.value = value;
        shown.problem = undefined;
      } catch (failure) {
        if (!stale) shown.problem = failure as Problem;
      }
    }, before ? kPause : 0);
    before = true;
    return () => { stale = true; clearTimeout(timer); };
  });
  return shown;
}
