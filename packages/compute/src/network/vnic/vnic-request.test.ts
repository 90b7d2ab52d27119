import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Vif } from '../../contract/index.js';
import { driverError } from '../../testing/expect.js';
import { exampleVif } from '../../testing/nova.js';
import { vnicRequestOf } from './vnic-request.js';

const vif = (details: Record<string, unknown>, meta: Vif['network']['meta'] = {}) =>
  exampleVif({
    address: 'fa:16:3e:0a:0b:0c',
    type: 'pvm_sriov',
    vnicType: 'direct',
    details: { physical_network: 'data', vlan: '100', redundancy: 2, capacity: null, ...details },
    network: { id: null, label: null, bridge: null, meta },
  });

const refused = (details: Record<string, unknown>, ...mentions: string[]) =>
  assert.throws(() => vnicRequestOf(vif(details)), driverError('PVM_VIF_PLUG_FAILED', ...mentions));

test('SRV-3 SRV-11 the details of a binding become a request', () => {
  assert.deepEqual(vnicRequestOf(vif({ capacity: 0.06, maxcapacity: '0.5' })), {
    physicalNetwork: 'data',
    vlan: 100,
    mac: 'fa:16:3e:0a:0b:0c',
    redundancy: 2,
    capacity: 6,
    maxCapacity: 50,
    allowedMacs: [],
  });
});

test('SRV-1 the physical network comes from the network, else from the details', () => {
  assert.equal(vnicRequestOf(vif({}, { physical_network: 'net' })).physicalNetwork, 'net');
  refused({ physical_network: undefined }, 'no physical network', 'pvm_sriov');
});

test('SRV-10 B-50 a flat network has no VLAN, and that is untagged', () => {
  assert.equal(vnicRequestOf(vif({ vlan: null })).vlan, 0);
  assert.equal(vnicRequestOf(vif({ vlan: undefined })).vlan, 0);
  for (const vlan of [1, 4095, 'x', -1]) refused({ vlan }, 'VLAN');
});

test('SRV-5 B-24 capacities are fractions; a maximum may stand without a capacity but not below it', () => {
  assert.equal(vnicRequestOf(vif({})).capacity, undefined);
  assert.equal(vnicRequestOf(vif({ maxcapacity: 0.5 })).maxCapacity, 50);
  assert.equal(vnicRequestOf(vif({ capacity: 0.29 })).capacity, 29);
  for (const capacity of [0, -0.1, 1.01, 'much']) refused({ capacity }, 'capacity');
  refused({ capacity: 0.5, maxcapacity: 0.4 }, 'maxcapacity 0.4 is below capacity 0.5');
});

test('SRV-3 a redundancy is a number of ports', () => {
  assert.equal(vnicRequestOf(vif({ redundancy: '3' })).redundancy, 3);
  for (const redundancy of [0, 1.5, 'two']) refused({ redundancy }, 'redundancy');
});

test('SRV-3 no other MAC is allowed, except those of allowed address pairs, or any without port security', () => {
  const pairs = ['fa:16:3e:00:00:01', 'FA:16:3E:0A:0B:0C', 'fa:16:3e:00:00:01'];
  assert.deepEqual(vnicRequestOf(vif({ allowed_macs: pairs })).allowedMacs, ['fa:16:3e:00:00:01']);
  assert.equal(vnicRequestOf(vif({ port_security: false })).allowedMacs, 'any');
  assert.deepEqual(vnicRequestOf(vif({ port_security: true })).allowedMacs, []);
});
