import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PowerVMEvent } from '@openstack-powervm/rest';
import { requestOf } from './vif-event.js';

const UUID = '0c5a2f5e-9D1F-4B6E-8A39-6F1F0A3C9D11';
const HREF = `http://localhost:12080/rest/api/uom/LogicalPartition/${UUID}/VirtualNICDedicated/2f0e1c1d`;

const event = (detail: unknown, parts: Partial<PowerVMEvent> = {}): PowerVMEvent => ({
  kind: 'custom',
  detail: [],
  data: HREF,
  rawDetail: typeof detail === 'string' ? detail : JSON.stringify(detail),
  ...parts,
});

const plug = { provider: 'NOVA_PVM_VIF', action: 'plug', mac: 'aa:bb:cc:dd:ee:00', type: 'pvm_sriov' };

test('EVR-2 EVR-4 VIF-11 an event of the driver is a request; the partition keeps the case it is written in', () => {
  const request = { action: 'plug', mac: 'AABBCCDDEE00', partition: UUID };
  assert.deepEqual(requestOf(event(plug), 'pvm_sriov'), request);
  const unplug = { ...plug, action: 'unplug' };
  assert.deepEqual(requestOf(event(unplug), 'pvm_sriov'), { ...request, action: 'unplug' });
});

test('EVR-2 every other event is none', () => {
  const others: PowerVMEvent[] = [
    event({ ...plug, type: 'pvm_sea' }),
    event({ ...plug, provider: 'somebody' }),
    event({ ...plug, action: 'polish' }),
    event({ ...plug, mac: 7 }),
    event('free text'),
    event('null'),
    event(plug, { kind: 'modify' }),
    event(plug, { data: undefined }),
    event(plug, { data: 'http://localhost:12080/rest/api/uom/VirtualIOServer/1' }),
  ];
  for (const other of others) assert.equal(requestOf(other, 'pvm_sriov'), undefined, other.rawDetail);
});

test('LMP-8 a partition that is to arrive says where its port will be', () => {
  const arrival = { ...plug, action: 'prepare', physical_network: 'data', vlan: 100 };
  const request = { action: 'prepare', mac: 'AABBCCDDEE00', partition: UUID, physicalNetwork: 'data' };
  assert.deepEqual(requestOf(event(arrival), 'pvm_sriov'), { ...request, vlan: 100 });
  assert.deepEqual(requestOf(event({ ...arrival, vlan: null }), 'pvm_sriov'), { ...request, vlan: null });
  assert.equal(requestOf(event({ ...plug, action: 'prepare' }), 'pvm_sriov'), undefined);
});
