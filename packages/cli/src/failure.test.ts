import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureText } from './failure.js';

test('a failure shows its sentence, its code and what to try, not its stack', () => {
  const error = Object.assign(new Error('volume group "x" not found'), {
    code: 'PVM_VG',
    hint: 'set volume_group_name',
  });
  assert.equal(
    failureText(error, false),
    'volume group "x" not found [PVM_VG]\n  try: set volume_group_name',
  );
});

test('a code that the sentence already names is not repeated', () => {
  const error = Object.assign(new Error('[PVM_VG] not found'), { code: 'PVM_VG' });
  assert.equal(failureText(error, false), '[PVM_VG] not found');
});

test('whatever was thrown gets a text, and the stack only on request', () => {
  assert.equal(failureText('plain', false), 'plain');
  assert.match(failureText(new Error('boom'), true), /boom\n.*at /s);
});
