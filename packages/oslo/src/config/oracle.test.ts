import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { OsloConfig } from './config.js';
import { parseConfig } from './parse.js';
import { boolean, float, integer, list } from './types.js';

const python = '/usr/bin/python3';
const available = spawnSync(python, ['-c', 'import oslo_config.cfg']).status === 0;
const options = available ? {} : { skip: 'no oslo.config for /usr/bin/python3' };

function ask<T>(program: string, input: unknown): T {
  return JSON.parse(
    execFileSync(python, ['-c', program], { input: JSON.stringify(input), encoding: 'utf8' }),
  );
}

const PARSER = `
import json, sys
from oslo_config import cfg, iniparser
def parse(text):
    sections, normalized = {}, {}
    parser = cfg.ConfigParser('x', sections)
    parser._add_normalized(normalized)
    try:
        iniparser.BaseParser.parse(parser, text.splitlines(True))
    except iniparser.ParseError:
        return None
    return normalized
json.dump([parse(t) for t in json.load(sys.stdin)], sys.stdout)
`;

/** Lines made of what the grammar cares about, so that most of them are interesting. */
const piece = fc.constantFrom(
  ...[
    'a',
    'b',
    'C_d',
    '=',
    ':',
    ' ',
    '  ',
    '\t',
    '"',
    "'",
    '#',
    ';',
    '[',
    ']',
    '[g]',
    '[DEFAULT]',
    ',',
    '$',
    '\\',
  ],
);
const line = fc.array(piece, { maxLength: 7 }).map((pieces) => pieces.join(''));
const file = fc
  .tuple(fc.constantFrom('', '[DEFAULT]\n', '[Group]\n'), fc.array(line, { maxLength: 8 }))
  .map(([head, lines]) => head + lines.join('\n'));

test('the parser agrees with the real oslo.config on generated files', options, () => {
  const texts = fc.sample(file, { numRuns: 3000, seed: 20 });
  const expected = ask<(Record<string, Record<string, string[]>> | null)[]>(PARSER, texts);
  let parsed = 0;
  texts.forEach((text, index) => {
    let ours: unknown = null;
    try {
      ours = Object.fromEntries(
        [...parseConfig(text)].map(([name, keys]) => [name, Object.fromEntries(keys)]),
      );
      parsed += 1;
    } catch {
      // A refusal; the comparison below demands that oslo.config refuses as well.
    }
    assert.deepEqual(ours, expected[index], JSON.stringify(text));
  });
  assert.ok(parsed > 300, `only ${parsed} files were acceptable: the generator is useless`);
});

const SUBSTITUTION = `
import json, sys, tempfile
from oslo_config import cfg
def read(option):
    try:
        return option()
    except (cfg.NoSuchOptError, cfg.NoSuchGroupError):
        return None
def values(text):
    with tempfile.NamedTemporaryFile('w', suffix='.conf') as f:
        f.write(text); f.flush()
        conf = cfg.ConfigOpts()
        conf.register_opts([cfg.StrOpt('a'), cfg.StrOpt('b')])
        conf.register_opts([cfg.StrOpt('a'), cfg.StrOpt('c')], 'g')
        conf([], default_config_files=[f.name])
        return [read(lambda: conf.b), read(lambda: conf.g.c)]
json.dump([values(t) for t in json.load(sys.stdin)], sys.stdout)
`;

test('$name substitution agrees with the real oslo.config', options, () => {
  const part = fc.constantFrom('$a', '$g.a', '{g.a}', '$$', '\\$', '$', '{', '$5', 'x', ' ', '.', '{a}');
  const text = fc.array(part, { maxLength: 6 }).map((parts) => `v${parts.join('')}v`);
  const samples = fc.sample(fc.tuple(text, text), { numRuns: 150, seed: 5 });
  const texts = samples.map(([b, c]) => `[DEFAULT]\na = one\nb = ${b}\n[g]\na = two\nc = ${c}\n`);
  const expected = ask<(string | null)[][]>(SUBSTITUTION, texts);
  const read = (config: OsloConfig, group: string, name: string): string | undefined | null => {
    try {
      return config.get(group, name);
    } catch {
      return null;
    }
  };
  texts.forEach((content, index) => {
    const config = new OsloConfig([{ path: 'x', sections: parseConfig(content) }]);
    assert.deepEqual([read(config, 'DEFAULT', 'b'), read(config, 'g', 'c')], expected[index], content);
  });
});

const TYPES = `
import json, sys
from oslo_config import types
makers = {'integer': types.Integer(-5, 500), 'float': types.Float(), 'boolean': types.Boolean(), 'list': types.List()}
def convert(kind, text):
    try:
        return {'value': makers[kind](text)}
    except ValueError:
        return {'refused': True}
json.dump([convert(*pair) for pair in json.load(sys.stdin)], sys.stdout)
`;

test('typed values agree with the real oslo.config', options, () => {
  const types = { integer: integer({ min: -5, max: 500 }), float: float(), boolean, list };
  const texts = [
    '0',
    '7',
    ' 42 ',
    '-5',
    '-6',
    '501',
    '1_0',
    '1__0',
    '0x10',
    '1.5',
    '.5',
    '5.',
    '1e3',
    'x',
    '+3',
  ];
  const words = [
    'true',
    'TRUE',
    'On',
    'off',
    'yes',
    'no',
    'y',
    '1',
    '2',
    ' true',
    'a,b',
    ' a , b ',
    'a,',
    ',',
    'a,,b',
  ];
  const pairs = (['integer', 'float', 'boolean', 'list'] as const).flatMap((kind) =>
    [...texts, ...words].map((text) => [kind, text] as const),
  );
  const expected = ask<unknown[]>(TYPES, pairs);
  pairs.forEach(([kind, text], index) => {
    let ours: unknown;
    try {
      ours = { value: types[kind].parse(text) };
    } catch {
      ours = { refused: true };
    }
    assert.deepEqual(ours, expected[index], `${kind} ${JSON.stringify(text)}`);
  });
});
