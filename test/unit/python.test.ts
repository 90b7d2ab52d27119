import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

const folder = join(import.meta.dirname, '..', '..', '..', 'python');

/** Debian's Python first: that is where a packaged Nova is. */
const candidates = ['/usr/bin/python3', 'python3'];
const MINIMUM = 'import sys; sys.exit(sys.version_info < (3, 11))';
const python = candidates.find((program) => spawnSync(program, ['-c', MINIMUM]).status === 0);

/** One line per test from unittest's verbose report: `name (module.Class.name) ... outcome`. */
const LINE = /^(\w+) \(([\w.]+)\).*?\.\.\. .*?(ok|FAIL|ERROR|skipped '(.*)')$/gms;

test('the Python side', { skip: python === undefined && 'needs Python 3.11 or newer' }, async (t) => {
  const run = spawnSync(
    python ?? '',
    ['-W', 'ignore', '-m', 'unittest', 'discover', '-v', '-t', '.', '-s', 'tests'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  const outcomes = [...run.stderr.matchAll(LINE)];
  assert.ok(outcomes.length > 0, run.stderr);
  for (const [, , name = '', outcome, reason] of outcomes)
    await t.test(name, { skip: reason ?? false }, () => assert.equal(outcome, 'ok', run.stderr));
  assert.equal(run.status, 0, run.stderr);
});
