import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogicalPartition, ManagedSystem, Session } from '@openstack-powervm/rest';
import { defaultSite } from '@openstack-powervm/simulator';
import { driverError } from '../testing/expect.js';
import { exampleFlavor, exampleInstance } from '../testing/nova.js';
import { exampleCall, Rig, removalOf } from '../testing/rig.js';
import { exampleSystem } from '../testing/system.js';
import { type FlavorSpecs, readFlavorKeys } from './flavor-keys.js';
import { optionalAttributes } from './optional-attributes.js';

const able = exampleSystem();
const unable = exampleSystem({ capabilities: undefined });

const asked: readonly [keyof FlavorSpecs, string, string | undefined][] = [
  ['ame_factor', '2.5', '0'],
  ['virtual_serial_number', 'auto', 'none'],
  ['lpar_placement', '1', '0'],
  ['virtual_software_tier', 'P10', undefined],
  ['kvm_capable', 'true', 'false'],
  ['min_affinity_score', '80', '0'],
  ['min_affinity_score_action', 'warn', 'none'],
];

for (const [name, some, nothing] of asked) {
  const attributes = (value: string, host = able) =>
    optionalAttributes(readFlavorKeys({ [`powervm:${name}`]: value }), host, true);
  const given = (result: ReturnType<typeof attributes>) =>
    Object.values(result).filter((value) => value !== undefined);

  test(`F10 FLV-12 powervm:${name} is passed on where the host can, and needs a host that can`, () => {
    assert.equal(given(attributes(some)).length, 1);
    assert.throws(
      () => attributes(some, unable),
      driverError('PVM_FLAVOR_UNSUPPORTED_BY_HOST', `powervm:${name}`, unable.name),
    );
    if (nothing !== undefined) assert.deepEqual(given(attributes(nothing, unable)), []);
  });
}

test('F10 FLV-12 a flavor without these keys sends none of them', () => {
  const none = Object.values(optionalAttributes({}, able, false));
  assert.ok(none.every((value) => value === undefined));
});

test('F10 a software tier is for IBM i, and one of those that the system has, in its spelling', () => {
  const tier = (wanted: string, ibmi: boolean, host = able) =>
    optionalAttributes({ virtual_software_tier: wanted }, host, ibmi).softwareTier;
  assert.equal(tier('p05', true), 'P05');
  assert.equal(tier('P99', true, exampleSystem({ softwareTiers: [] })), 'P99');
  assert.throws(() => tier('P05', false), driverError('PVM_FLAVOR_VALUE_INVALID', 'IBM i'));
  assert.throws(() => tier('P99', true), driverError('PVM_FLAVOR_UNSUPPORTED_BY_HOST', 'P05, P10'));
});

test('F10 the keys reach the partition; a serial number of its own goes back when the server is removed', async () => {
  const capabilities = { VirtualSerialNumberCapable: true, LparPlacementCapable: true, KvmCapable: true };
  const site = defaultSite({ capabilities: { ...capabilities, MinimumAffinityScoreCapable: true } });
  await using rig = await Rig.open({ simulator: { site } });
  await using session = await Session.open({ endpoint: rig.simulator.url, credentials: { kind: 'local' } });
  const [system] = rig.simulator.inspect().systems;
  const parameters = { VirtualSerialNumber: 'VS1000A' };
  await session.runJob({ type: ManagedSystem, id: system?.uuid ?? '', operation: 'AddVSN', parameters });
  const extraSpecs = {
    ...{
      'powervm:ame_factor': '1.5',
      'powervm:virtual_serial_number': 'auto',
      'powervm:lpar_placement': '1',
    },
    ...{ 'powervm:kvm_capable': 'y', 'powervm:min_affinity_score': '70' },
    'powervm:min_affinity_score_action': 'warn',
  };
  // The system has one number: the second server gets it only when the first one has given it back.
  for (const name of ['first', 'second']) {
    const instance = exampleInstance({ name, flavor: exampleFlavor({ extraSpecs }) });
    const params = await rig.deployment({ image: rig.images.add(1024 * 1024), instance });
    await rig.driver.spawn(params, exampleCall());
    const { value } = await session.get(LogicalPartition, rig.partition(instance)?.uuid ?? '');
    assert.equal(value.partitionMemoryConfiguration?.expansionFactor, 1.5);
    assert.equal(value.virtualSerialNumber, 'VS1000A');
    assert.deepEqual([value.lparPlacement, value.kvmCapable], [1, true]);
    assert.deepEqual([value.minimumAffinityScore, value.minimumAffinityScoreAction], [70, 'warn']);
    await rig.driver.destroy(removalOf(params), exampleCall());
  }
});
