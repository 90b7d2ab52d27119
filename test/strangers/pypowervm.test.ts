import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import {
  hmcSite,
  novaLinkHostSite,
  type Site,
  startSimulator,
  twoHostSite,
} from '@openstack-powervm/simulator';

/*
 * The simulator against a client that we did not write: the Python pypowervm, unmodified, from the checkout named by
 * --pypowervm. Debian's python3-lxml, python3-requests, python3-oslo.log, python3-oslo.concurrency, python3-taskflow,
 * python3-pyasn1-modules and python3-pytz serve it.
 */
const checkout = process.env['POWERVM_PYPOWERVM'];
const calls = resolve(import.meta.dirname, '../../strangers');

interface Line {
  check?: string;
  ok?: boolean;
  error?: string;
  trace?: string;
  done?: boolean;
}

const iscsiTargets = [
  {
    iqn: 'iqn.2026-11.example.storage:volumes',
    portal: '192.168.30.1:3260',
    chap: { user: 'stranger', password: 'chap-secret' },
    luns: [{ id: 1, sizeGb: 1 }],
  },
];

/** The site of two hosts with SR-IOV ports of every kind and a control channel. */
function completeSite(): Site {
  const site = twoHostSite({ iscsiTargets });
  const types = ['Converged', 'RoCE', 'Ethernet'] as const;
  const ports = types.map((type) => ({ type, label: type, logicalPorts: 20, linkUp: true }));
  const systems = site.systems.map((system) => ({
    ...system,
    bridges: system.bridges.map((bridge) => ({ ...bridge, controlChannel: 99 })),
    sriovAdapters: [...system.sriovAdapters, { mode: 'Sriov' as const, ports }],
  }));
  return { ...site, systems };
}

test('pypowervm drives a simulated NovaLink', (t) => drive(t, completeSite(), []));

test('pypowervm drives a simulated NovaLink that hosts I/O', (t) =>
  drive(t, novaLinkHostSite(), ['--only', 'build and create', '--only', 'NovaLink that hosts I/O']));

test('pypowervm drives a simulated HMC', (t) =>
  drive(t, hmcSite(), ['--username', 'pvmadmin', '--password', 'pvmadmin-simulated']));

async function drive(t: TestContext, site: Site, options: readonly string[]): Promise<void> {
  if (checkout === undefined || !existsSync(join(checkout, 'pypowervm', 'adapter.py'))) {
    t.skip('no checkout of pypowervm: npm run test:strangers -- --pypowervm DIR');
    return;
  }
  await using simulator = await startSimulator({ site });
  t.diagnostic(`seed ${simulator.seed}`);
  const peer = simulator.consoles[1]?.url;
  const child = spawn(
    '/usr/bin/python3',
    [
      ...['-m', 'pypowervm_calls', '--pypowervm', resolve(checkout), '--url', simulator.url, ...options],
      ...(peer === undefined ? [] : ['--peer', peer]),
    ],
    {
      cwd: calls,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    },
  );
  let finished = false;
  for await (const text of createInterface({ input: child.stdout })) {
    const line: Line = JSON.parse(text);
    if (line.done === true) finished = true;
    if (line.check === undefined) continue;
    await t.test(line.check, () => assert.ok(line.ok, `${line.error}\n${line.trace}`));
  }
  assert.ok(finished, 'the calls ran to their end');
}
