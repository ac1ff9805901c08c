import { placeOf } from './routes';

/** Addresses without a reload. Filters live in the query, so that every view can be sent to a colleague. */
class Router {
  path = $state(location.pathname);
  search = $state(location.search);
  place = $derived(placeOf(this.path));

  constructor() {
    addEventListener('popstate', () => this.read());
    document.addEventListener('click', (event) => {
      if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const link = (event.target as Element).closest?.('a');
      if (!link || link.target || link.origin !== location.origin || link.hasAttribute('download')) return;
      if (link.getAttribute('href')?.startsWith('#') || placeOf(link.pathname).name === 'nowhere') return;
      event.preventDefault();
      this.go(link.pathname + link.search);
    });
  }
  query(name: string): string {
    return new URLSearchParams(this.search).get(name) ?? '';
  }
  go(to: string) {
    if (to !== this.path + this.search) history.pushState(null, '', to);
    this.read();
    scrollTo(0, 0);
    this.greet(document.querySelector('main h1'), document.activeElement);
  }
  /** Whoever listens hears the new page: focus moves to its heading as soon as that is there, unless somebody has put it elsewhere. */
  private greet(before: Element | null, focused: Element | null, patience = 180) {
    const turn = ++this.turns;
    const look = () => {
      const heading = document.querySelector<HTMLElement>('main h1');
      const elsewhere = document.activeElement !== document.body && document.activeElement !== focused;
      if (turn !== this.turns || elsewhere) return;
      if (heading && (heading !== before || patience < 150)) heading.focus();
      else if (patience-- > 0) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }
  private turns = 0;

  /** Changes what is filtered, without a new step in the history. */
  filter(changes: Record<string, string>) {
    const search = new URLSearchParams(this.search);
    for (const [name, value] of Object.entries(changes)) if (value) search.set(name, value); else search.delete(name);
    history.replaceState(null, '', this.path + (search.size ? `?${search}` : ''));
    this.search = location.search;
  }
  private read() {
    this.path = location.pathname;
    this.search = location.search;
  }
}
export const router = new Router();
