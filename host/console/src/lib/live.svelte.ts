import { send } from '../api/client';
import { EventReader, type Happening, type OpenDraft } from './events';
import { session } from './session.svelte';

type Listener = (event: Happening) => void;
const listeners = new Set<Listener>();
const waits = [1_000, 2_000, 5_000, 15_000];

class Live {
  /** false: the host cannot be reached; what is on the page may be old. */
  connected = $state(true);
  /** Who is writing about which item. */
  drafts = $state.raw<OpenDraft[]>([]);
  private last = '';
  private failures = 0;
  private stream: AbortController | undefined;
  private hurry: (() => void) | undefined;

  private lose() {
    if (this.connected) this.stream?.abort();
  }

  /** For as long as somebody is signed in. */
  follow() {
    $effect(() => {
      if (!session.inside || session.refused) return;
      const stop = new AbortController();
      // A line that was cut is often noticed by a question before it is noticed by who only listens.
      for (const sign of ['offline', 'candour:lost']) addEventListener(sign, () => this.lose(), { signal: stop.signal });
      addEventListener('online', () => this.hurry?.(), { signal: stop.signal });
      void this.run(stop.signal);
      return () => stop.abort();
    });
  }
  private async run(signal: AbortSignal) {
    while (!signal.aborted) {
      try {
        this.stream = new AbortController();
        await this.listen(AbortSignal.any([signal, this.stream.signal]));
        this.failures = 0;
      } catch {
        if (signal.aborted || session.refused) return;
        this.connected = false;
        const wait = waits[Math.min(this.failures++, waits.length - 1)]!;
        await new Promise<void>((resume) => { this.hurry = resume; setTimeout(resume, wait); });
      }
    }
  }
  private async listen(signal: AbortSignal) {
    const response = await send(`/api/v1/events${this.last ? `?after=${this.last}` : ''}`, { signal });
    if (!this.connected) dispatchEvent(new Event('candour:back'));
    this.connected = true;
    this.failures = 0;
    this.drafts = [];
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    const events = new EventReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      for (const each of events.feed(piece.value)) {
        this.last = each.id || this.last;
        if (each.event === 'drafts') {
          this.drafts = (JSON.parse(each.data) as { drafts: OpenDraft[] }).drafts;
          continue;
        }
        const happening = JSON.parse(each.data) as Happening;
        for (const listener of listeners) listener(happening);
      }
    }
  }
}
export const live = new Live();

/** Hears of every change while the component lives: at once, and in a busy hour not more often than about once a second. */
export function onChange(concerns: (event: Happening) => boolean, act: () => void) {
  $effect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = 0;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        last = Date.now();
        act();
      }, Math.max(120, last + 900 - Date.now()));
    };
    const listener: Listener = (event) => { if (concerns(event)) soon(); };
    listeners.add(listener);
    addEventListener('candour:back', soon);
    return () => { clearTimeout(timer); listeners.delete(listener); removeEventListener('candour:back', soon); };
  });
}
