import { expect, test } from 'vitest';
import { settingsOf, shown, written } from '../../../host/console/src/lib/plugin_settings';

const schema = {
  required: ['room'],
  properties: {
    room: { type: 'string', description: 'Where it speaks' }, most: { type: 'integer' }, loud: { type: 'boolean' }, tone: { enum: ['warm', 'dry'] },
    token: { type: 'string' }, routes: { type: 'array', items: { type: 'string' } }
  }
};
const settings = settingsOf(schema, ['token']);

test('Each plain member is a field of its kind, and everything else one of JSON', () => {
  expect(settings.map((each) => [each.name, each.kind])).toEqual([
    ['room', 'text'], ['most', 'number'], ['loud', 'switch'], ['tone', 'choice'], ['token', 'secret'], ['routes', 'json']
  ]);
  expect(settings[0]).toMatchObject({ about: 'Where it speaks', required: true });
});

test('What is shown and saved unchanged is the same configuration', () => {
  const config = { room: 'lobby', most: 3, loud: true, tone: 'dry', token: 'secret:lobby', routes: ['a', 'b'] };
  const fields = Object.fromEntries(settings.map((each) => [each.name, shown(each, config)]));
  expect(written(settings, fields)).toEqual(config);
});

test('An empty field that nobody needs is left out', () => {
  expect(written(settings, { room: 'lobby', most: '', loud: false, tone: '', token: '', routes: '' })).toEqual({ room: 'lobby', loud: false });
});

test('A field that cannot be read is named', () => {
  expect(() => written(settings, { room: 'lobby', most: 'three' })).toThrow('most');
  expect(() => written(settings, { room: 'lobby', routes: '[a' })).toThrow('routes');
});

test('A plugin without a schema has no settings', () => {
  expect(settingsOf(null, [])).toEqual([]);
});
