import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { OsloError } from '../errors.js';
import { OsloConfig, readConfig } from './config.js';
import { type Option, option } from './option.js';
import { parseConfig } from './parse.js';
import { boolean, choice, float, integer, list, string } from './types.js';

const config = (...texts: string[]): OsloConfig =>
  new OsloConfig(texts.map((text, index) => ({ path: `file${index}.conf`, sections: parseConfig(text) })));

const refused = (pattern: RegExp) => (error: unknown) =>
  error instanceof OsloError && pattern.test(error.message);

describe('oslo.config files', () => {
  test('continuation, quotes, comments and both separators', () => {
    const read = config(
      [
        '# comment',
        '[DEFAULT]',
        'a = 1',
        'b: two = 2',
        'c = "quoted "',
        "d = 'half",
        'e = one,',
        '  two,',
        '  # not a comment',
        '',
        '[Agent]',
        'bridge_mappings = default:ent5:vios1',
        '; comment',
      ].join('\n'),
    );
    assert.equal(read.get('DEFAULT', 'a'), '1');
    assert.equal(read.get('DEFAULT', 'b'), 'two = 2');
    assert.equal(read.get('DEFAULT', 'c'), 'quoted ');
    assert.equal(read.get('DEFAULT', 'd'), "'half");
    assert.equal(read.get('DEFAULT', 'e'), 'one,\ntwo,\n# not a comment');
    assert.equal(read.get('AGENT', 'bridge_mappings'), 'default:ent5:vios1');
    assert.equal(read.get('agent', 'missing'), undefined);
  });

  test('later files win; a repeated key keeps all its values', () => {
    const read = config('[A]\nx = 1\nx = 2\n', '[a]\nx = 3\n');
    assert.equal(read.get('A', 'x'), '3');
    assert.deepEqual(read.getAll('A', 'x'), ['1', '2', '3']);
  });

  test('$name is looked up in the same group, then in DEFAULT', () => {
    const read = config(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the braces are oslo.config's
      '[DEFAULT]\nip = 10.0.0.1\nname = general\n[g]\nname = own\na = $name at ${ip}\nb = ${g.name} $$5 \\$x 3$\n',
    );
    assert.equal(read.get('g', 'a'), 'own at 10.0.0.1');
    assert.equal(read.get('g', 'b'), 'own $5 $x 3$');
  });

  test('a reference to nothing or to itself names file and option', () => {
    const read = config('[g]\na = pa$word\nb = $c\nc = $b\n');
    assert.throws(() => read.get('g', 'a'), refused(/file0.conf: option a in \[g\].*\$word.*not set/));
    assert.throws(() => read.get('g', 'b'), refused(/refers to itself/));
  });

  test('a syntax error names file and line and does not repeat the line', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'oslo-config-'));
    try {
      await writeFile(join(directory, '10-a.conf'), '[DEFAULT]\ntransport_url secret\n');
      await assert.rejects(readConfig([], directory), (error) => {
        assert.ok(error instanceof OsloError);
        assert.equal(error.code, 'OSLO_CONFIG_FILE');
        assert.match(error.message, /10-a\.conf:2: an option needs = or :/);
        assert.doesNotMatch(error.message, /secret/);
        return true;
      });
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  test('a directory is read in name order after the files', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'oslo-config-'));
    try {
      await writeFile(join(directory, '20.conf'), '[A]\nx = twenty\n');
      await writeFile(join(directory, '10.conf'), '[A]\nx = ten\n');
      await writeFile(join(directory, '30.ini'), '[A]\nx = ignored\n');
      const main = join(directory, 'main');
      await writeFile(main, '[A]\nx = main\ny = kept\n');
      const read = await readConfig([main], directory);
      assert.equal(read.get('A', 'x'), 'twenty');
      assert.equal(read.get('A', 'y'), 'kept');
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  test('a missing file is an error that names it', async () => {
    await assert.rejects(readConfig(['/nonexistent/neutron.conf']), refused(/cannot read \/nonexistent/));
  });
});

describe('CFG-1 typed options', () => {
  const read = config('[A]\ni = 7\nbad = x\nf = .5\nb = Yes\nl = a, b ,c,\nempty =\nold = 9\n');

  test('values, defaults and older names', () => {
    assert.equal(read.read(option('A', 'i', integer(), 1)), 7);
    assert.equal(read.read(option('A', 'none', integer(), 1)), 1);
    assert.equal(read.read(option('A', 'empty', integer(), 3)), 3);
    assert.equal(read.read(option('A', 'empty', string, 'x')), '');
    assert.equal(read.read(option('A', 'f', float(), 1)), 0.5);
    assert.equal(read.read(option('A', 'b', boolean, false)), true);
    assert.deepEqual(read.read(option('A', 'l', list, [])), ['a', 'b', 'c']);
    const renamed = option('B', 'new', integer(), 0, { deprecated: [{ group: 'A', name: 'old' }] });
    assert.equal(read.read(renamed), 9);
  });

  const wrong: readonly [Option<unknown>, RegExp][] = [
    [option('A', 'bad', integer(), 1), /file0\.conf: option bad in \[A\]: the value "x" must be an integer/],
    [option('A', 'i', integer({ max: 5 }), 1), /at most 5/],
    [option('A', 'i', integer({ min: 8 }), 9), /at least 8/],
    [option('A', 'bad', boolean, true), /true or false/],
    [option('A', 'bad', choice('PLAIN', 'EXTERNAL'), 'PLAIN'), /one of PLAIN, EXTERNAL/],
    [option('A', 'bad', integer(), 1, { secret: true }), /\[A\]: the value must be an integer/],
  ];
  for (const [declared, pattern] of wrong) {
    test(`refused: ${declared.type.description} (${declared.name}${declared.secret ? ', secret' : ''})`, () => {
      assert.throws(() => read.read(declared), refused(pattern));
    });
  }
});
