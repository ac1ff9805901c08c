// A mail that the host rendered, shown within a page of ours: its own style, in the light or in the dark, as wide as its box.
import { customerHtml, scoped, takenApart } from './survey_preview';

/** What a mail program asks of its window is asked of the box here, and its dark style is ours to switch. */
export function mailStyle(style: string, dark: boolean): string {
  return scoped(style)
    .replace(/@media\s*\(\s*prefers-color-scheme\s*:\s*dark\s*\)/g, dark ? '@media all' : '@media not all')
    .replace(/@media\s*\(\s*(min|max)-width/g, '@container ($1-width');
}
/** The content security policy refuses style attributes in markup; what a script sets is allowed. Only tags hold such quotes: words are escaped. */
export const styleLaidAside = (body: string): string => body.replace(/ style="/g, ' data-style="');

/** What stands in comments is for old mail programs, a style of their own among it. */
export const withoutComments = (html: string): string => html.replace(/<!--[\s\S]*?-->/g, '');

export function showMail(box: HTMLElement, html: string, dark: boolean) {
  const root = box.shadowRoot ?? box.attachShadow({ mode: 'open' });
  const shown = takenApart(withoutComments(html));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${mailStyle(shown.style, dark)} .body{color-scheme:${dark ? 'dark' : 'light'};container-type:inline-size}`);
  root.adoptedStyleSheets = [sheet];
  const body = document.createElement('div');
  body.className = 'body bg';
  body.lang = shown.lang;
  body.dir = shown.dir === 'rtl' ? 'rtl' : 'ltr';
  body.inert = true;
  body.innerHTML = customerHtml(styleLaidAside(shown.body));
  for (const each of body.querySelectorAll<HTMLElement>('[data-style]')) each.style.cssText = each.dataset['style'] ?? '';
  root.replaceChildren(body);
}
