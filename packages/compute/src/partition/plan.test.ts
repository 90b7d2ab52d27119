import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Flavor } from '../contract/index.js';
import { DriverError, type DriverErrorCode } from '../errors/index.js';
import type { SystemFacts } from '../host/system-facts.js';
import { driverError } from '../testing/expect.js';
import { exampleFlavor, exampleImage, exampleInstance, exampleOptions } from '../testing/nova.js';
import { exampleSystem } from '../testing/system.js';
import { checkCapacity, needsProcessorPools, type PartitionPlan, planPartition } from './plan.js';

const host = exampleSystem();
const incapable = exampleSystem({ capabilities: undefined });

interface Wish {
  flavor?: Partial<Flavor>;
  specs?: Record<string, string>;
  distro?: string;
  on?: SystemFacts;
  factor?: number;
}

function plan({ flavor = {}, specs = {}, distro, on = host, factor = 0.1 }: Wish = {}): PartitionPlan {
  const extraSpecs = Object.fromEntries(
    Object.entries(specs).map(([key, value]) => [`powervm:${key}`, value]),
  );
  return planPartition({
    instance: exampleInstance({
      name: 'instance-00000001',
      flavor: exampleFlavor({ ...flavor, extraSpecs }),
      systemMetadata: distro === undefined ? {} : { image_os_distro: distro },
    }),
    image: exampleImage(),
    host: on,
    options: exampleOptions({ proc_units_factor: factor }),
    pools: [
      { id: 0, name: 'DefaultPool' },
      { id: 3, name: 'gold' },
      { id: 4, name: 'twin' },
      { id: 5, name: 'twin' },
    ],
  });
}

function refused(wish: Wish, code: DriverErrorCode, ...mentions: string[]): void {
  assert.throws(() => plan(wish), driverError(code, ...mentions));
}

function sharedOf(wish: Wish) {
  const { processors } = plan(wish);
  assert.equal(processors.kind, 'shared');
  return processors.kind === 'shared' ? processors : assert.fail();
}

test('FLV-1 FLV-11 a plain flavor: memory and vCPUs as given, units by the factor, remote restart', () => {
  const made = plan();
  assert.equal(made.name, 'instance-00000001');
  assert.deepEqual(made.memory, { minimum: 2048, desired: 2048, maximum: 2048 });
  assert.deepEqual(made.processors, {
    kind: 'shared',
    virtualProcessors: { minimum: 2, desired: 2, maximum: 2 },
    units: { minimum: 0.2, desired: 0.2, maximum: 0.2 },
    sharingMode: 'uncapped',
    weight: 64,
    poolId: 0,
    desiredUnits: 0.2,
  });
  assert.equal(made.remoteRestart, true);
  assert.equal(made.compatibilityMode, 'default');
  assert.equal(made.availabilityPriority, 127);
  assert.equal(made.collectMetrics, false);
  assert.equal(made.maximumSlots, 64);
  assert.equal(made.type, 'AIX/Linux');
});

test('FLV-6 memory limits are kept and must enclose the desired memory', () => {
  assert.deepEqual(plan({ specs: { min_mem: '1024', max_mem: '4096' } }).memory, {
    minimum: 1024,
    desired: 2048,
    maximum: 4096,
  });
  refused({ specs: { min_mem: '4096' } }, 'PVM_FLAVOR_VALUE_INVALID', 'powervm:min_mem', '4096', '2048');
  refused({ specs: { max_mem: '1024' } }, 'PVM_FLAVOR_VALUE_INVALID', 'powervm:max_mem', '1024');
});

test('FLV-6 memory must be a multiple of the memory region', () => {
  refused({ flavor: { memoryMb: 1000 } }, 'PVM_FLAVOR_VALUE_INVALID', 'memory_mb', '1000', '256');
  refused({ specs: { min_mem: '300' } }, 'PVM_FLAVOR_VALUE_INVALID', 'powervm:min_mem', '300');
  refused({ specs: { max_mem: '2100' } }, 'PVM_FLAVOR_VALUE_INVALID', 'powervm:max_mem', '2100');
});

test('FLV-6 virtual processor limits must enclose the vCPUs', () => {
  const { virtualProcessors } = sharedOf({ specs: { min_vcpu: '1', max_vcpu: '8' } });
  assert.deepEqual(virtualProcessors, { minimum: 1, desired: 2, maximum: 8 });
  refused({ specs: { min_vcpu: '3' } }, 'PVM_FLAVOR_VALUE_INVALID', 'powervm:min_vcpu');
  refused({ specs: { max_vcpu: '1' } }, 'PVM_FLAVOR_VALUE_INVALID', 'powervm:max_vcpu');
});

test('FLV-15 proportional units give way to the limits', () => {
  assert.equal(sharedOf({ specs: { min_proc_units: '0.5' } }).units.desired, 0.5);
  assert.equal(sharedOf({ specs: { max_proc_units: '0.15' } }).units.desired, 0.15);
});

test('FLV-15 FLV-6 explicit units outside the limits are an error', () => {
  const between = { proc_units: '0.5', min_proc_units: '0.3', max_proc_units: '1.2' };
  assert.deepEqual(sharedOf({ specs: between }).units, { minimum: 0.3, desired: 0.5, maximum: 1.2 });
  refused({ specs: { ...between, proc_units: '0.2' } }, 'PVM_FLAVOR_VALUE_INVALID', 'powervm:min_proc_units');
  refused({ specs: { ...between, proc_units: '1.3' } }, 'PVM_FLAVOR_VALUE_INVALID', 'powervm:max_proc_units');
});

test('FLV-6 limits of units that are left out follow the limits of the virtual processors', () => {
  assert.deepEqual(sharedOf({ specs: { max_vcpu: '8' } }).units, {
    minimum: 0.2,
    desired: 0.2,
    maximum: 0.4,
  });
  assert.deepEqual(sharedOf({ specs: { min_vcpu: '1', proc_units: '1.5' } }).units, {
    minimum: 1,
    desired: 1.5,
    maximum: 1.5,
  });
  const tooFew = { max_vcpu: '8', max_proc_units: '0.3' };
  refused({ specs: tooFew }, 'PVM_FLAVOR_VALUE_INVALID', 'powervm:max_proc_units', '8 virtual', '0.4');
  const tooMany = { min_vcpu: '1', proc_units: '1.5', min_proc_units: '1.2' };
  refused({ specs: tooMany }, 'PVM_FLAVOR_VALUE_INVALID', 'powervm:min_proc_units', '1 virtual');
});

test('units must fit the virtual processors', () => {
  refused({ specs: { proc_units: '2.5' } }, 'PVM_FLAVOR_VALUE_INVALID', 'powervm:proc_units', '2.5');
  refused({ specs: { proc_units: '0.05' } }, 'PVM_FLAVOR_VALUE_INVALID', 'powervm:proc_units', '0.1');
});

const kinds: [string, Record<string, string>, 'shared' | 'dedicated'][] = [
  ['nothing', {}, 'shared'],
  ['dedicated_proc true', { dedicated_proc: 'true' }, 'dedicated'],
  ['dedicated_proc false', { dedicated_proc: 'no' }, 'shared'],
  ['a sharing mode of dedicated processors', { dedicated_sharing_mode: 'keep_idle_procs' }, 'dedicated'],
  ['units', { proc_units: '0.5' }, 'shared'],
  ['a weight', { shared_weight: '128' }, 'shared'],
  ['uncapped', { uncapped: 'false' }, 'shared'],
];
for (const [what, specs, kind] of kinds)
  test(`FLV-5 ${what} means ${kind}`, () => assert.equal(plan({ specs }).processors.kind, kind));

test('FLV-5 dedicated processors take their limits from the vCPU keys', () => {
  assert.deepEqual(plan({ specs: { dedicated_proc: 'y', min_vcpu: '1', max_vcpu: '4' } }).processors, {
    kind: 'dedicated',
    processors: { minimum: 1, desired: 2, maximum: 4 },
    sharingMode: 'sre idle proces',
    desiredUnits: 2,
  });
});

test('FLV-14 sharing keys that contradict each other are refused with both keys', () => {
  refused(
    { specs: { uncapped: 'true', dedicated_proc: 'true' } },
    'PVM_FLAVOR_VALUE_INVALID',
    'powervm:uncapped',
    'powervm:dedicated_proc',
  );
  refused(
    { specs: { dedicated_sharing_mode: 'keep_idle_procs', proc_units: '1' } },
    'PVM_FLAVOR_VALUE_INVALID',
    'powervm:dedicated_sharing_mode',
    'powervm:proc_units',
  );
});

test('L-28 weight comes from the flavor, else from the option, and only when uncapped', () => {
  assert.equal(sharedOf({ specs: { shared_weight: '200' } }).weight, 200);
  assert.equal(sharedOf({ specs: { uncapped: 'true' } }).weight, 64);
  const capped = sharedOf({ specs: { uncapped: 'false', shared_weight: '200' } });
  assert.equal(capped.weight, undefined);
  assert.equal(capped.sharingMode, 'capped');
});

test('FLV-7 a pool name becomes its id; missing and ambiguous names are refused', () => {
  assert.equal(sharedOf({ specs: { shared_proc_pool_name: 'gold' } }).poolId, 3);
  assert.equal(sharedOf({ specs: { shared_proc_pool_name: 'DefaultPool' } }).poolId, 0);
  refused({ specs: { shared_proc_pool_name: 'silver' } }, 'PVM_FLAVOR_VALUE_INVALID', 'silver');
  refused({ specs: { shared_proc_pool_name: 'twin' } }, 'PVM_FLAVOR_VALUE_INVALID', 'twin', '2 pools');
});

test('FLV-7 pools are asked for only when a flavor names one', () => {
  const named = exampleFlavor({ extraSpecs: { 'powervm:shared_proc_pool_name': 'gold' } });
  assert.equal(needsProcessorPools(exampleInstance({ flavor: named })), true);
  assert.equal(needsProcessorPools(exampleInstance()), false);
});

test('FLV-8 L-160 a compatibility mode is taken in any case, with + for _Plus, in the host spelling', () => {
  assert.equal(plan({ specs: { processor_compatibility: 'power9' } }).compatibilityMode, 'POWER9');
  assert.equal(plan({ specs: { processor_compatibility: 'POWER6+' } }).compatibilityMode, 'POWER6_Plus');
  refused(
    { specs: { processor_compatibility: 'POWER11' } },
    'PVM_FLAVOR_UNSUPPORTED_BY_HOST',
    'powervm:processor_compatibility',
    'POWER11',
    'POWER9',
  );
});

test('FLV-9 F04 remote restart is dropped silently on a host that cannot', () => {
  assert.equal(plan({ specs: { srr_capability: 'true' }, on: incapable }).remoteRestart, undefined);
  assert.equal(plan({ specs: { srr_capability: 'false' } }).remoteRestart, false);
});

test('FLV-9 F05 F07 other attributes are refused on a host that cannot', () => {
  const specs: [string, string][] = [
    ['ppt_ratio', '1:128'],
    ['enforce_affinity_check', 'true'],
    ['secure_boot', '2'],
  ];
  for (const [key, value] of specs)
    refused({ specs: { [key]: value }, on: incapable }, 'PVM_FLAVOR_UNSUPPORTED_BY_HOST', key, `"${value}"`);
  assert.equal(plan({ specs: { enforce_affinity_check: 'no' }, on: incapable }).affinityCheck, false);
  assert.equal(plan({ specs: { secure_boot: '0' }, on: incapable }).secureBoot, undefined);
});

test('FLV-9 attributes a host has are kept', () => {
  const made = plan({ specs: { ppt_ratio: '1:256', enforce_affinity_check: 'yes', secure_boot: '2' } });
  assert.deepEqual([made.pageTableRatio, made.affinityCheck, made.secureBoot], [2, true, 2]);
});

test('IMG-1 IBMI-1 F09 os_distro ibmi in any case gives an OS400 partition', () => {
  const made = plan({ distro: 'IBMi' });
  assert.equal(made.type, 'OS400');
  assert.equal(made.restrictedIo, true);
  assert.equal(made.secureBoot, undefined);
  assert.equal(plan({ distro: 'ibmi', on: incapable }).restrictedIo, false);
  assert.equal(plan({ distro: 'rhel' }).type, 'AIX/Linux');
});

test('IBMI-1 an IBM i partition cannot boot securely', () => {
  refused({ distro: 'ibmi', specs: { secure_boot: '1' } }, 'PVM_FLAVOR_VALUE_INVALID', 'powervm:secure_boot');
});

test('FLV-10 too little free memory or too few units name both figures and let Nova try another host', () => {
  const short = (parts: Partial<SystemFacts>) => () => checkCapacity(plan(), { ...host, ...parts });
  const names = (wanted: string, free: string) => (thrown: unknown) =>
    thrown instanceof DriverError &&
    thrown.novaException === 'ComputeResourcesUnavailable' &&
    thrown.message.includes(wanted) &&
    thrown.message.includes(free);
  assert.throws(short({ availableMemory: 1024 }), names('2048 MB', '1024 MB'));
  assert.throws(short({ availableProcessorUnits: 0.15 }), names('0.20', '0.15'));
  assert.doesNotThrow(short({ availableMemory: 2048, availableProcessorUnits: 0.2 }));
});

test('FLV-10 a resize counts what the partition already holds', () => {
  const tight = { ...host, availableMemory: 0, availableProcessorUnits: 0 };
  assert.doesNotThrow(() => checkCapacity(plan(), tight, { memory: 2048, processorUnits: 0.2 }));
});
