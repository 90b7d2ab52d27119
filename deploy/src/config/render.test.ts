import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderConfig } from './render.js';

test('sections and options are written in order; lists get commas, undefined is left out', () => {
  const text = renderConfig({
    DEFAULT: { host: 'powervm1', workers: 1, debug: false, absent: undefined },
    ml2: { type_drivers: ['vlan', 'flat'], extension_drivers: [] },
  });
  assert.equal(
    text,
    '[DEFAULT]\nhost = powervm1\nworkers = 1\ndebug = false\n\n[ml2]\ntype_drivers = vlan,flat\nextension_drivers = \n',
  );
});

test('a dollar sign is doubled, since oslo.config would substitute what follows it', () => {
  assert.equal(renderConfig({ a: { secret: 'pa$$word' } }), '[a]\nsecret = pa$$$$word\n');
});

test('a line break cannot smuggle in another option', () => {
  assert.throws(() => renderConfig({ a: { value: 'x\ny = z' } }), /line break/);
});
