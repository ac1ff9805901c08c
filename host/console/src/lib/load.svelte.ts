import { Problem } from '../api/client';

/** What a page asks for, with the three states that it can be in. The old answer stays while a new one is on its way. */
export class Loaded<T> {
  value = $state.raw<T>();
  problem = $state.raw<Problem>();
  busy = $state(true);
  private asking: AbortController | undefined;

  constructor(private ask: (signal: AbortSignal) => Promise<T>) {}

  async again() {
    this.asking?.abort();
    const mine = (this.asking = new AbortController());
    this.busy = true;
    try {
      const value = await this.ask(mine.signal);
      if (mine.signal.aborted) return;
      this.value = value;
      this.problem = undefined;
    } catch (failure) {
      if (mine.signal.aborted) return;
      this.problem = failure instanceof Problem ? failure : new Problem(-1, '', String(failure));
    }
    this.busy = false;
  }
  stop() {
    this.asking?.abort();
  }
}

/** What the answer holds; nothing when there is no such thing. */
export async function ifThere<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 404) return undefined;
    throw failure;
  }
}

/** What did not arrive because the host could not be reached is asked for again as soon as it can. */
function mend(what: { problem: Problem | undefined; again(): Promise<void> }) {
  $effect(() => {
    const back = () => { if (what.problem?.status === 0) void what.again(); };
    addEventListener('candour:back', back);
    return () => removeEventListener('candour:back', back);
  });
}

/** Asks now, and again whenever something changed that `ask` read before its first await (the token is among it). */
export function load<T>(ask: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const loaded = new Loaded(ask);
  $effect(() => {
    void loaded.again();
    return () => loaded.stop();
  });
  mend(loaded);
  return loaded;
}

/** A list that comes in pages. */
export class Pages<T> {
  rows = $state.raw<T[]>([]);
  next = $state.raw<string | null>(null);
  busy = $state(true);
  problem = $state.raw<Problem>();
  private turn = 0;

  constructor(private ask: (cursor: string | undefined) => Promise<{ rows: T[]; next: string | null }>) {}

  async first() {
    await this.read(undefined, []);
  }
  async more() {
    if (this.next !== null && !this.busy) await this.read(this.next, this.rows);
  }
  /** As many rows again as there are now, so that nobody loses the place where they were reading. */
  async again() {
    await this.read(undefined, [], this.rows.length);
  }
  get complete() {
    return this.next === null;
  }
  private async read(cursor: string | undefined, before: T[], least = 0) {
    const turn = ++this.turn;
    this.busy = true;
    try {
      let page = await this.ask(cursor);
      let rows = [...before, ...page.rows];
      while (rows.length < least && page.next !== null && turn === this.turn) {
        page = await this.ask(page.next);
        rows = [...rows, ...page.rows];
      }
      if (turn !== this.turn) return;
      this.rows = rows;
      this.next = page.next;
      this.problem = undefined;
    } catch (failure) {
      if (turn !== this.turn) return;
      this.problem = failure instanceof Problem ? failure : new Problem(-1, '', String(failure));
    }
    this.busy = false;
  }
}

export function pages<T>(ask: (cursor: string | undefined) => Promise<{ rows: T[]; next: string | null }>): Pages<T> {
  const list = new Pages(ask);
  $effect(() => void list.first());
  mend(list);
  return list;
}
