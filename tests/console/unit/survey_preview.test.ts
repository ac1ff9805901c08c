import { mailStyle, styleLaidAside, withoutComments } from '../../../host/console/src/lib/mail_preview';
import { expect, test } from 'vitest';
import { definitionIn, isShort } from '../../../host/console/src/lib/survey';
import { scoped, takenApart } from '../../../host/console/src/lib/survey_preview';

const page = '<!doctype html>\n<html lang="ar" dir="rtl">\n<head><style>:root{--a:1}body{margin:0}.body-text{color:red}</style></head>\n<body class="x">\n<main>How?</main>\n</body></html>';

test('A page is taken apart into its style, its body and how it is read', () => {
  expect(takenApart(page)).toEqual({ style: ':host{--a:1}.body{margin:0}.body-text{color:red}', body: '\n<main>How?</main>\n', lang: 'ar', dir: 'rtl' });
});

test('A style that speaks of the document speaks of the box', () => {
  expect(scoped('html,body{margin:0}@media(x){body .q{a:b}}')).toBe('.body,.body{margin:0}@media(x){.body .q{a:b}}');
});

test('A document is read only when it is one object', () => {
  expect(definitionIn('{"id": "a"}')).toEqual({ id: 'a' });
  expect([definitionIn('{'), definitionIn('[]'), definitionIn('null')]).toEqual([undefined, undefined, undefined]);
});

test('A survey with pages never becomes a short one', () => {
  expect(isShort({ id: 'a', pages: [] })).toBe(false);
  expect(isShort({ id: 'a', languages: {} })).toBe(true);
});

describe('A mail within a page of ours', () => {
  const style = 'body{margin:0} @media(min-width:520px){.p{padding:1px}} @media (prefers-color-scheme:dark){.bg{background:#000}}';
  it('asks its box how wide it is, not the window', () => expect(mailStyle(style, false)).toContain('@container (min-width:520px)'));
  it('is dark when somebody looks at it so, whatever their own pages are', () => {
    expect(mailStyle(style, true)).toContain('@media all{.bg');
    expect(mailStyle(style, false)).toContain('@media not all{.bg');
  });
  it('has the style that mail programs of today read', () =>
    expect(takenApart(withoutComments('<html><head><!--[if mso]><style>.p{a:b}</style><![endif]--><style>.q{c:d}</style></head><body>x</body></html>')).style).toBe('.q{c:d}'));
  it('brings its style where no policy refuses it, and leaves its words alone', () =>
    expect(styleLaidAside('<td style="color:red">say style=&quot;x&quot;</td>')).toBe('<td data-style="color:red">say style=&quot;x&quot;</td>'));
});
