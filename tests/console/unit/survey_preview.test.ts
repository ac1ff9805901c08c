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
