import { test } from 'node:test';
import { badInput } from './bad-input.js';
import { captures } from './capture.js';
import { guides } from './guides.js';
import { lifecycle } from './lifecycle.js';
import { Scene } from './support/scene.js';
import { acquireStack, reasonToSkip } from './support/stack.js';
import { twoKinds } from './two-kinds.js';

const skip = await reasonToSkip();

test('stock OpenStack drives the simulated Power system', { skip: skip ?? false }, async (t) => {
  const stack = await acquireStack((line) => t.diagnostic(line));
  try {
    const scene = new Scene(stack.deployment);
    await t.test('a server lives from creation to deletion', (t) => lifecycle(t, scene));
    await t.test('servers are captured and shelved', (t) => captures(t, scene));
    await t.test('a server has network interfaces of two kinds', (t) => twoKinds(t, scene));
    await t.test('every OpenStack command in the guides works', (t) => guides(t, scene));
    await t.test('bad input', (t) => badInput(t, scene));
  } finally {
    await stack.release();
  }
});
