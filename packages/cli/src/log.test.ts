import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { type LogFormat, openLog } from './log.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'powervm-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function logged(format: LogFormat, write: (log: ReturnType<typeof openLog>) => void): string {
  const file = join(folder, 'log');
  write(openLog('powervm-compute', { level: 'info', format, file }));
  return readFileSync(file, 'utf8');
}

test('FLOW-7 text lines carry the request and the instance where nova-compute has them', () => {
  const text = logged('text', (log) =>
    log
      .with({ requestId: 'req-1', instance: 'u-1', name: 'instance-1' })
      .info('spawn started', { step: 'create partition' }),
  );
  assert.match(
    text,
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \d+ INFO powervm-compute \[req-1\] \[instance: u-1\] /,
  );
  assert.match(text, /spawn started name=instance-1 step=create partition\n$/);
});

test('ERR-2 secrets never reach the log', () => {
  const text = logged('json', (log) => {
    log.info('logon', { password: 'hunter2', options: { rest_password: 'hunter2' } });
    log.debug('below the level');
  });
  assert.doesNotMatch(text, /hunter2|below/);
  assert.equal(text.trim().split('\n').length, 1);
});
