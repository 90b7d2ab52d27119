import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readConfig } from '@openstack-powervm/oslo';
import { QUICK, type Start, startAgent } from '../testing/agent-rig.js';
import { SriovAgent } from './agent.js';
import { readSriovAgentOptions, type SriovAgentOptions } from './options.js';

const OPTIONS: SriovAgentOptions = { ...QUICK, redundancy: 2, capacity: null };
const MAC = ['AABBCCDDEE00', 'AABBCCDDEE01', 'AABBCCDDEE02'] as const;
const ADAPTERS = [
  { ports: [{ label: 'data' }, { label: 'data' }, {}] },
  { mode: 'Dedicated' as const, ports: [{ label: 'data' }] },
];

interface SriovStart extends Start {
  readonly options?: Partial<SriovAgentOptions>;
}

const start = ({ options, system, ...rest }: SriovStart = {}) =>
  startAgent((parts) => new SriovAgent({ ...parts, options: { ...OPTIONS, ...options } }), {
    system: { sriovAdapters: ADAPTERS, ...system },
    ...rest,
  });

/** The mapping of the latest state report, with port numbers for location codes. */
function reported(it: Awaited<ReturnType<typeof start>>): unknown {
  const configurations = JSON.stringify(it.neutron.reports.at(-1)?.['configurations'] ?? {});
  return JSON.parse(configurations.replaceAll(/U[^"]*-T(\d+)"/g, 'T$1"')).bridge_mappings;
}

const isReported = (it: Awaited<ReturnType<typeof start>>, mapping: unknown) =>
  JSON.stringify(reported(it)) === JSON.stringify(mapping);

describe('SR-IOV agent', () => {
  test('AGT-1 AGT-3 SRA-1 SRA-2 reports who it is, which ports lead where, its defaults and its ports', async () => {
    await using it = await start({
      options: { redundancy: 3, capacity: 0.1 },
      before: async (system, neutron) => {
        await system.plugVnic(0, MAC[0], 100);
        neutron.bind(MAC[0], 100, { physicalNetwork: 'data' });
      },
    });
    await it.until(() => JSON.stringify(it.neutron.reports).includes('"devices":1'));
    const [first] = it.neutron.reports;
    assert.equal(first?.['agent_type'], 'PowerVM SR-IOV Ethernet agent');
    assert.equal(first?.['binary'], 'networking-powervm-sriov-agent');
    assert.equal(first?.['start_flag'], true);
    const { bridge_mappings, ...others } = Object(first?.['configurations']);
    assert.deepEqual(others, { devices: 0, default_redundancy: 3, default_capacity: 0.1 });
    assert.match(bridge_mappings.data[0], /^U\S+-P1-C\d+-T1$/);
    assert.deepEqual(reported(it), { data: ['T1', 'T2'], default: ['T3'] });
  });

  test('G04 EVR-5 a new label is in Neutron at once, not at the next report', async () => {
    await using it = await start({ options: { reportIntervalMs: 3_600_000 } });
    await it.until(() => it.neutron.reports.length === 1);
    await it.system.labelPort(2, 'fast');
    await it.until(() => isReported(it, { data: ['T1', 'T2'], fast: ['T3'] }));
    assert.equal(it.neutron.reports.length, 2);
  });

  test('AGT-5 SRA-1 an update of a port of this host refreshes the mapping, even when the event was lost', async () => {
    await using it = await start({ options: { reportIntervalMs: 3_600_000 } });
    it.system.simulator.faults.add({
      path: '/rest/api/uom/Event*',
      method: 'GET',
      effect: { kind: 'reset', when: 'before' },
    });
    // An event ends the poll under way; from then on none gets through.
    await it.system.plugVnic(0, MAC[0], 100);
    await it.until(() => it.system.simulator.faults.list().some(({ acted }) => acted > 0));
    await it.system.labelPort(2, 'fast');
    await it.notify('port_update', { port: { id: 'p', 'binding:host_id': 'elsewhere' } });
    await it.notify('port_update', { port: { id: 'p', 'binding:host_id': 'host1' } });
    await it.until(() => isReported(it, { data: ['T1', 'T2'], fast: ['T3'] }));
  });

  test('SRA-3 AGT-7 healing marks the virtual NICs of client partitions up and leaves unknown ones alone', async () => {
    await using it = await start({
      before: async (system, neutron) => {
        await system.plugVnic(0, MAC[0], 100);
        await system.plugVnic(1, MAC[1], 0, 1);
        neutron.bind(MAC[0], null, { physicalNetwork: 'data' });
      },
    });
    assert.equal(it.neutron.ports[0]?.status, 'ACTIVE');
    assert.deepEqual(it.log.at('warn'), []);
  });

  test('EVR-6 G07 a port is up after its plug event and down after its unplug event', async () => {
    await using it = await start();
    const port = it.neutron.bind(MAC[0], 100, { physicalNetwork: 'data' });
    const href = await it.system.plugVnic(0, MAC[0], 100);
    await it.system.announce('plug', MAC[0], href, 'pvm_sriov');
    await it.until(() => port.status === 'ACTIVE');
    await it.system.unplugVnic(0, href);
    await it.system.announce('unplug', MAC[0], href, 'pvm_sriov');
    await it.until(() => port.status === 'DOWN');
  });

  test('EVR-2 B-51 events of SEA ports are not looked up', async () => {
    await using it = await start();
    const other = it.neutron.bind(MAC[0], 100);
    const own = it.neutron.bind(MAC[1], 100, { physicalNetwork: 'data' });
    await it.system.announce('plug', MAC[0], await it.system.plug(0, MAC[0], 100), 'pvm_sea');
    const href = await it.system.plugVnic(0, MAC[1], 100);
    await it.system.announce('plug', MAC[1], href, 'pvm_sriov');
    await it.until(() => own.status === 'ACTIVE');
    assert.equal(other.status, 'DOWN');
  });

  test('a port that is switched off goes down, and up again when it is switched on', async () => {
    await using it = await start();
    const port = it.neutron.bind(MAC[0], 100, { physicalNetwork: 'data' });
    const href = await it.system.plugVnic(0, MAC[0], 100);
    await it.system.announce('plug', MAC[0], href, 'pvm_sriov');
    await it.until(() => port.status === 'ACTIVE');
    for (const up of [false, true]) {
      port.adminStateUp = up;
      const update = { id: port.id, admin_state_up: up, 'binding:host_id': 'host1' };
      await it.notify('port_update', { port: update });
      await it.until(() => port.status === (up ? 'ACTIVE' : 'DOWN'));
    }
  });

  test('LMP-8 before a migration the destination reports the port, without asking for it', async () => {
    await using it = await start();
    await it.system.announceArrival(MAC[0], 'pvm_sriov', { physical_network: 'data' });
    await it.until(() => it.neutron.called('update_device_list').length > 0);
    assert.deepEqual(it.neutron.called('update_device_list')[0]?.['devices_up'], ['aa:bb:cc:dd:ee:00']);
    assert.deepEqual(it.neutron.called('get_devices_details_list'), []);
  });

  test('SEAA-10 a partition that is deleted while the others are listed has no virtual NICs, and that is no error', async () => {
    await using it = await start({
      before: async (system, neutron) => {
        for (const [index, mac] of MAC.entries()) {
          await system.plugVnic(index, mac, 100);
          neutron.bind(mac, 100, { physicalNetwork: 'data' });
        }
        const [gone] = system.partitions;
        const path = `/rest/api/uom/LogicalPartition/${gone}/VirtualNICDedicated`;
        const effect = { kind: 'error', status: 404, message: 'gone' } as const;
        system.simulator.faults.add({ method: 'GET', path, count: 1, effect });
      },
    });
    assert.deepEqual(
      it.neutron.ports.map(({ status }) => status),
      ['DOWN', 'ACTIVE', 'ACTIVE'],
    );
    assert.deepEqual([...it.log.at('warn'), ...it.log.at('error')], []);
  });

  test('EVR-1 after missed events and after Neutron had given it up, the agent asks for every port again', async () => {
    await using it = await start();
    const port = it.neutron.bind(MAC[0], 100, { physicalNetwork: 'data' });
    await it.system.plugVnic(0, MAC[0], 100);
    it.neutron.revive = true;
    await it.until(() => port.status === 'ACTIVE');
  });

  test('AGT-6 what Neutron did not take is tried again', async () => {
    await using it = await start();
    const port = it.neutron.bind(MAC[0], 100, { physicalNetwork: 'data' });
    it.neutron.stumblesOver = MAC[0];
    const href = await it.system.plugVnic(0, MAC[0], 100);
    await it.system.announce('plug', MAC[0], href, 'pvm_sriov');
    await it.until(() => it.log.at('warn').some((line) => line.includes(MAC[0])));
    it.neutron.stumblesOver = undefined;
    await it.until(() => port.status === 'ACTIVE');
  });

  test('a system without SR-IOV ports has an empty mapping, until a port gets its label', async () => {
    await using it = await start({ system: { sriovAdapters: [] } });
    await it.until(() => it.neutron.reports.length > 0);
    assert.deepEqual(reported(it), {});
  });

  test('CFG-1 options have the names and defaults of Neutron’s file, and bad ones are refused', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'sriov-agent-'));
    t.after(() => rm(folder, { recursive: true }));
    const file = join(folder, 'agent.conf');
    const read = async (...lines: string[]) => {
      await writeFile(file, ['[AGENT]', ...lines, ''].join('\n'));
      const { redundancy, capacity } = readSriovAgentOptions(await readConfig([file]));
      return { redundancy, capacity };
    };
    assert.deepEqual(await read(), { redundancy: 2, capacity: null });
    const set = await read('vnic_required_vfs = 3', 'vnic_vf_capacity = 0.04');
    assert.deepEqual(set, { redundancy: 3, capacity: 0.04 });
    await assert.rejects(read('vnic_required_vfs = 0'), /vnic_required_vfs/);
    await assert.rejects(read('vnic_vf_capacity = 1.5'), /vnic_vf_capacity/);
  });
});
