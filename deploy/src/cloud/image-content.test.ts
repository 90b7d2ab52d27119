import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { demonstrationImage } from './image-content.js';

test('the demonstration image is the same wherever it is made, and says what it is', () => {
  const image = demonstrationImage();
  assert.equal(image.length, 16 * 1024 * 1024);
  assert.match(
    Buffer.from(image.subarray(0, 80)).toString('latin1'),
    /^openstack-powervm demonstration image/,
  );
  const digest = createHash('sha256').update(image).digest('hex');
  assert.equal(digest.slice(0, 16), '03670cef9f61afed');
});
