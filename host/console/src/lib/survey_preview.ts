// The document that the host renders for a preview, taken apart so that it can be shown within a page of ours.
export interface Shown { style: string; body: string; lang: string; dir: string }

const part = (html: string, pattern: RegExp) => pattern.exec(html)?.[1] ?? '';

export function takenApart(html: string): Shown {
  const open = part(html, /<html([^>]*)>/);
  return {
    style: scoped(part(html, /<style>([\s\S]*?)<\/style>/)),
    body: part(html, /<body[^>]*>([\s\S]*)<\/body>/),
    lang: part(open, /\blang="([^"]*)"/), dir: part(open, /\bdir="([^"]*)"/)
  };
}

/** What a document's style says of the document, said of the box that stands for it. */
export function scoped(style: string): string {
  return style.replaceAll(':root', ':host').replace(/(^|[},{\s])(html|body)(?=[\s,{.:[])/g, '$1.body');
}

interface Policy { createHTML(html: string): string }
interface Factory { createPolicy(name: string, rules: Policy): Policy }
let policy: Policy | undefined;

/** The one text of somebody else that becomes markup here: what the host rendered for a preview, where every word of a person is escaped
 *  and the content security policy runs no script of it. */
export function customerHtml(body: string): string {
  const factory = (window as unknown as { trustedTypes?: Factory }).trustedTypes;
  policy ??= factory?.createPolicy('customer-page', { createHTML: (html) => html }) ?? { createHTML: (html) => html };
  return policy.createHTML(body);
}
