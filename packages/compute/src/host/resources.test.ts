import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleSriovAdapter, exampleSystem } from '../testing/system.js';
import { inventoryOf } from './inventory.js';
import { pseudoPciDevices } from './pci-devices.js';
import { availableResource } from './resources.js';

const system = exampleSystem({
  configurableProcessorUnits: 15.5,
  availableProcessorUnits: 12.25,
  configurableMemory: 65536,
  availableMemory: 60000,
});
const disk = { totalGb: 1023.75, usedGb: 10.2 };

test('RES-2 RES-3 RES-4 totals and used, processors rounded up', () => {
  const resource = availableResource(system, disk, 'aio');
  assert.deepEqual(
    [resource.vcpus, resource.vcpus_used, resource.memory_mb, resource.memory_mb_used],
    [16, 4, 65536, 5536],
  );
  assert.deepEqual([resource.local_gb, resource.local_gb_used], [1023, 11]);
});

test('RES-5 RES-6 L-33 type, integer version, name, CPU and supported instances', () => {
  const resource = availableResource(system, disk, 'aio');
  assert.equal(resource.hypervisor_type, 'phyp');
  assert.equal(resource.hypervisor_version, 8);
  assert.equal(resource.hypervisor_hostname, 'aio');
  assert.deepEqual(JSON.parse(resource.cpu_info), { vendor: 'ibm', arch: 'ppc64' });
  assert.equal(resource.numa_topology, null);
  assert.deepEqual(resource.supported_instances, [
    ['ppc64', 'phyp', 'hvm'],
    ['ppc64le', 'phyp', 'hvm'],
  ]);
});

test('RES-7 statistics are text with two decimals', () => {
  assert.deepEqual(availableResource(system, disk, 'aio').stats, {
    proc_units: '15.50',
    proc_units_used: '3.25',
    memory_region_size: '256',
  });
});

test('RES-8 H04 one pseudo device per possible logical port, labelled by its port', () => {
  const devices = pseudoPciDevices([
    exampleSriovAdapter(1, [{ label: 'physnet1', maximumLogicalPorts: 20 }]),
    exampleSriovAdapter(2, [{ label: '', maximumLogicalPorts: 120 }, { maximumLogicalPorts: 120 }]),
  ]);
  assert.equal(devices.length, 260);
  assert.equal(devices.filter((device) => device.physical_network === 'physnet1').length, 20);
  assert.equal(devices.filter((device) => device.label === 'default').length, 240);
  assert.ok(devices.every((device) => device.dev_type === 'type-VF' && device.numa_node === 1));
});

test('RES-9 RES-10 addresses are unique, within what Nova parses, and stay when ports are listed anew', () => {
  const ports = [1, 2, 3, 4].map(() => ({ label: 'p', maximumLogicalPorts: 60 }));
  const adapters = [exampleSriovAdapter(1, ports), exampleSriovAdapter(17, ports)];
  const devices = pseudoPciDevices(adapters);
  assert.equal(new Set(devices.map((device) => device.address)).size, 480);
  for (const { address } of devices) assert.match(address, /^\*:[0-9a-f]{2}:[01][0-9a-f]\.[0-7]$/);
  const turned = adapters.map((adapter) => ({ ...adapter, ports: adapter.ports.toReversed() }));
  assert.deepEqual(pseudoPciDevices(turned), devices);
});

test('PLC-1 inventories have the totals of the resource report', () => {
  const { VCPU, MEMORY_MB, DISK_GB } = inventoryOf(system, disk);
  assert.deepEqual(VCPU, { total: 16, maxUnit: 16, minUnit: 1, stepSize: 1 });
  assert.deepEqual([MEMORY_MB.total, MEMORY_MB.maxUnit], [65536, 65536]);
  assert.deepEqual([DISK_GB.total, DISK_GB.maxUnit], [1023, 1023]);
});

test('PLC-6 traits name architecture, compatibility modes and capabilities', () => {
  const { traits, absentTraits } = inventoryOf(system, disk);
  assert.deepEqual(traits, [
    'HW_ARCH_PPC64',
    'HW_ARCH_PPC64LE',
    'CUSTOM_POWERVM_COMPAT_POWER6_PLUS',
    'CUSTOM_POWERVM_COMPAT_POWER9',
    'CUSTOM_POWERVM_SIMPLIFIED_REMOTE_RESTART',
    'CUSTOM_POWERVM_SECURE_BOOT',
    'CUSTOM_POWERVM_AFFINITY_CHECK',
    'CUSTOM_POWERVM_PHYSICAL_PAGE_TABLE_RATIO',
    'CUSTOM_POWERVM_IBMI_MOBILITY',
  ]);
  assert.ok(absentTraits.includes('CUSTOM_POWERVM_COMPAT_POWER11'));
});

test('PLC-6 traits of what the system lacks are named for removal', () => {
  const { traits, absentTraits } = inventoryOf(
    exampleSystem({ compatibilityModes: [], capabilities: undefined }),
    disk,
  );
  assert.deepEqual(traits, ['HW_ARCH_PPC64', 'HW_ARCH_PPC64LE']);
  assert.ok(absentTraits.includes('CUSTOM_POWERVM_SECURE_BOOT'));
  assert.ok(absentTraits.includes('CUSTOM_POWERVM_COMPAT_POWER9'));
});
