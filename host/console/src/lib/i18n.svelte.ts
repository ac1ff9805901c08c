import en from '../messages/en.json';
import { phrase, type Args, type Catalogue } from './words';

export type Key = keyof typeof en;
export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;
const kLanguage = 'candour.language';

function wanted(): Language {
  const known = (language: string | null): language is Language => language !== null && language in languages;
  const chosen = localStorage.getItem(kLanguage);
  if (known(chosen)) return chosen;
  return navigator.languages.map((each) => each.slice(0, 2)).find(known) ?? 'en';
}

class Speech {
  language = $state<Language>('en');
  private catalogue = $state.raw<Catalogue>(en);
  /** Dates and numbers as the browser's own country writes them, in the language of the page. */
  locale = $derived(navigator.languages.find((each) => each.startsWith(this.language)) ?? (this.language === 'en' ? 'en-GB' : this.language));

  async begin() {
    await this.use(wanted());
  }
  async speak(language: Language) {
    localStorage.setItem(kLanguage, language);
    await this.use(language);
  }
  say(key: Key, args: Args = {}): string {
    return phrase(this.catalogue[key] ?? (en as Catalogue)[key], args, this.language);
  }
  private async use(language: Language) {
    this.catalogue = language === 'de' ? (await import('../messages/de.json')).default : en;
    this.language = language;
    document.documentElement.lang = language;
  }
}
export const speech = new Speech();
export const t = (key: Key, args?: Args) => speech.say(key, args);
/** For words that come from the API (states, kinds, reasons): their own key, or the word itself when it is news to us. */
export function word(family: string, name: string): string {
  const key = `${family}.${name}`;
  return key in en ? t(key as Key) : name.replaceAll('_', ' ');
}
/** Their name, or a word for nobody. */
export const named = (name: string, otherwise: Key) => name || t(otherwise);
