// Whose browser this is. The token stays here: it goes into the Authorization header and nowhere else.
const kToken = 'candour.token';
const kMe = 'candour.me';

function kept(key: string): string {
  return localStorage.getItem(key) ?? sessionStorage.getItem(key) ?? '';
}

/** `#token=cdr_…`: a fragment never reaches a server, a log or a Referer; it leaves the address bar at once. */
function fromAddress(): string {
  const found = /^#token=(cdr_\w+)$/.exec(location.hash)?.[1] ?? '';
  if (found) history.replaceState(null, '', location.pathname + location.search);
  return found;
}

class Session {
  token = $state('');
  /** Refused while we worked: pages stay, drafts stay, a bar asks for another token. */
  refused = $state(false);
  /** The teammate that this person says to be; only for "mine". */
  me = $state(kept(kMe));

  /** The address brought a token along: nobody needs to be asked for one. */
  readonly arrived: boolean;

  constructor() {
    const given = fromAddress();
    this.arrived = given !== '';
    if (given) this.signIn(given, true);
    else this.token = kept(kToken);
  }
  signIn(token: string, stay: boolean) {
    this.forget();
    (stay ? localStorage : sessionStorage).setItem(kToken, token);
    this.token = token;
    this.refused = false;
  }
  signOut() {
    this.forget();
    this.token = '';
    this.refused = false;
  }
  iAm(teammate: string) {
    this.me = teammate;
    localStorage.setItem(kMe, teammate);
  }
  private forget() {
    localStorage.removeItem(kToken);
    sessionStorage.removeItem(kToken);
  }
}

export const session = new Session();
