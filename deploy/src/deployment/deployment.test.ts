import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDeployment } from './deployment.js';
import { layOut } from './paths.js';
import { portBlockSize, portsFrom } from './ports.js';

async function withStateDirectory(action: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'deployment-'));
  try {
    await action(join(folder, 'state'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('every listener has a port of its own inside the block', () => {
  const ports = Object.values(portsFrom(20_000));
  assert.equal(new Set(ports).size, ports.length);
  assert.ok(ports.every((port) => port >= 20_000 && port < 20_000 + portBlockSize));
});

test('a port base that is no number or leaves the range of ports is refused by its name', () => {
  for (const base of [Number.NaN, 80, 65_530]) assert.throws(() => portsFrom(base), /POWERVM_PORT_BASE/);
});

test('a state directory too long for Unix sockets is refused with the way out', () => {
  assert.throws(() => layOut('/repository', `/${'x'.repeat(100)}`), /POWERVM_STATE_DIR/);
});

test('passwords are made once, in a file that only its owner reads', () =>
  withStateDirectory(async (state) => {
    const environment = { POWERVM_STATE_DIR: state };
    const first = await openDeployment(environment);
    const second = await openDeployment(environment);
    assert.deepEqual(second.secrets, first.secrets);
    assert.equal(second.id, first.id);
    assert.equal(new Set(Object.values(first.secrets)).size, Object.keys(first.secrets).length);
    const { mode } = await stat(join(state, 'secrets.json'));
    assert.equal(mode & 0o777, 0o600);
  }));

test('the port block stays what it was when the state directory was made', () =>
  withStateDirectory(async (state) => {
    const environment = { POWERVM_STATE_DIR: state, POWERVM_PORT_BASE: '25000' };
    assert.equal((await openDeployment(environment)).ports.keystone, 25_000);
    assert.equal((await openDeployment({ POWERVM_STATE_DIR: state })).ports.keystone, 25_000);
    await assert.rejects(openDeployment({ ...environment, POWERVM_PORT_BASE: '26000' }), /25000/);
  }));
