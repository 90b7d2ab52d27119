import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { allConfigFiles } from '../config/files.js';
import { openDeployment } from '../deployment/deployment.js';
import { checkPlan } from '../steps/runner.js';
import { openstackPlan, openstackServices } from './openstack.js';

test('the whole plan hangs together, and no two services want the same port', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plan-'));
  try {
    const deployment = await openDeployment({ POWERVM_STATE_DIR: folder });
    checkPlan(openstackPlan(deployment));
    const ports = openstackServices(deployment).flatMap((service) => service.ports ?? []);
    assert.equal(new Set(ports).size, ports.length);
    assert.deepEqual(new Set(ports), new Set(Object.values(deployment.ports)));
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('every service reads only configuration that is written, and no command line shows a password', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plan-'));
  try {
    const deployment = await openDeployment({ POWERVM_STATE_DIR: folder });
    const written = allConfigFiles(deployment);
    for (const service of openstackServices(deployment)) {
      for (const file of service.configFiles ?? []) assert.ok(written.has(file), file);
      const line = service.command.join(' ');
      for (const secret of Object.values(deployment.secrets)) assert.ok(!line.includes(secret), service.name);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
