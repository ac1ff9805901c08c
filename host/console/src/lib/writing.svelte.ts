// While somebody writes about an item the others hear that they do; what they write stays in this browser.
import { post } from '../api/client';
import { session } from './session.svelte';

/** The host forgets after 45 seconds unless it is told again. */
const kAgain = 20_000;
/** Whoever types a letter and deletes it has not begun to write. */
const kPause = 400;

interface Writing { item: string; step: string }

class Me {
  /** As whom the host knows us: with a token it says so in its first answer. */
  private told = $state('');
  holder = $derived(session.mine?.id ?? this.told);
  async say(what: Writing, open: boolean) {
    try {
      this.told = (await post('/api/v1/items/{item}/drafts', { names: { item: what.item }, body: { step: what.step, open } })).holder;
    } catch {
      // Nobody is kept from writing because the others cannot hear of it.
    }
  }
}
export const me = new Me();

/** For as long as the component lives and `what` names something. */
export function tellThatIWrite(what: () => Writing | undefined) {
  const now = $derived.by(() => { const it = what(); return it ? `${it.item} ${it.step}` : ''; });
  $effect(() => {
    const [item, step] = now.split(' ');
    if (!item || !step) return;
    let said = false;
    const say = () => { said = true; void me.say({ item, step }, true); };
    const first = setTimeout(say, kPause);
    const again = setInterval(say, kAgain);
    return () => {
      clearTimeout(first);
      clearInterval(again);
      if (said) void me.say({ item, step }, false);
    };
  });
}
