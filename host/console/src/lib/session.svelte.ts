// Whose browser this is: signed in with a password (a cookie that no script can read), or with a token that stays here and goes
// into the Authorization header and nowhere else.
import type { Schemas } from '../api/client';

const kToken = 'candour.token';
const kMe = 'candour.me';

function kept(key: string): string {
  return localStorage.getItem(key) ?? sessionStorage.getItem(key) ?? '';
}

/** `#token=…`, `#link=…`: a fragment never reaches a server, a log or a Referer; it leaves the address bar at once. */
function fromAddress(name: string, shape: RegExp): string {
  const given = location.hash.startsWith(`#${name}=`) ? location.hash.slice(name.length + 2) : '';
  if (!shape.test(given)) return '';
  history.replaceState(null, '', location.pathname + location.search);
  return given;
}

class Session {
  token = $state('');
  /** Who signed in with a password, as the host says; nothing with a token. */
  mine = $state.raw<Schemas['Me']>();
  inside = $derived(this.token !== '' || this.mine !== undefined);
  /** Nobody knows yet whether the cookie opens anything. */
  asking = $state(false);
  /** Refused while we worked: pages stay, drafts stay, a bar asks to sign in again. */
  refused = $state(false);
  /** The teammate that this person is, or with a token says to be; only for "mine". */
  me = $state(kept(kMe));

  /** The address brought a token along: nobody needs to be asked for one. */
  readonly arrived: boolean;
  /** The address brought a link along, such as an invitation. */
  link = $state(fromAddress('link', /^\w{20,100}$/));

  constructor() {
    const given = fromAddress('token', /^cdr_\w+$/);
    this.arrived = given !== '';
    if (given) this.signIn(given, true);
    else this.token = kept(kToken);
    if (!this.token && !this.link) void this.recall();
  }
  signIn(token: string, stay: boolean) {
    this.forget();
    (stay ? localStorage : sessionStorage).setItem(kToken, token);
    this.token = token;
    this.refused = false;
  }
  /** The host has set its cookie. */
  enter(me: Schemas['Me']) {
    this.forget();
    this.mine = me;
    this.iAm(me.id);
    this.refused = false;
  }
  /** What goes with everything that is not a GET, beside the cookie. */
  get press(): string {
    return this.mine?.press_token ?? '';
  }
  signOut() {
    if (this.mine) void fetch('/api/v1/sign-out', { method: 'POST', headers: { 'Candour-Press': this.press } }).catch(() => undefined);
    this.forget();
    this.refused = false;
  }
  iAm(teammate: string) {
    this.me = teammate;
    localStorage.setItem(kMe, teammate);
  }
  /** Somebody may have signed in here before. */
  private async recall() {
    this.asking = true;
    const answer = await fetch('/api/v1/me', { cache: 'no-store' }).catch(() => undefined);
    if (answer?.ok) this.enter((await answer.json()) as Schemas['Me']);
    this.asking = false;
  }
  private forget() {
    localStorage.removeItem(kToken);
    sessionStorage.removeItem(kToken);
    this.token = '';
    this.mine = undefined;
  }
}

export const session = new Session();
