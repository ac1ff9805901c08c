// Views that somebody keeps: a name for what is filtered and sorted on a page. They stay in this browser.
const prefix = 'candour.views.';

export interface View { name: string; search: string }

export function viewsIn(text: string | null): View[] {
  try {
    const read: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(read) ? read.filter((each): each is View => typeof each?.name === 'string' && typeof each?.search === 'string') : [];
  } catch {
    return [];
  }
}
/** Of the same name there is one; the newer. */
export const withView = (all: View[], view: View): View[] => [...all.filter((each) => each.name !== view.name), view];
/** The order in which an address names its filters says nothing. */
export const sameView = (a: string, b: string): boolean => [...new URLSearchParams(a)].map(String).sort().join('&') === [...new URLSearchParams(b)].map(String).sort().join('&');

export class Views {
  all = $state<View[]>([]);
  constructor(private page: string) {
    this.all = viewsIn(localStorage.getItem(prefix + page));
  }
  keep(name: string, search: string) {
    this.set(withView(this.all, { name, search }));
  }
  drop(name: string) {
    this.set(this.all.filter((each) => each.name !== name));
  }
  private set(all: View[]) {
    this.all = all;
    localStorage.setItem(prefix + this.page, JSON.stringify(all));
  }
}
