import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ClientAdapter,
  LogicalPartition,
  type ServerAdapter,
  VirtualIOServer,
  type VirtualSCSIMapping,
  VirtualSwitch,
} from '../resources/index.js';
import { create, type Init, type Lens, type LensList } from './index.js';

/** Compiles only when both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(proof: Same<A, B>): void => assert.equal(proof, true);

test('a lens has the types of its declaration', () => {
  type Partition = Lens<typeof LogicalPartition>;
  same<Partition['partitionName'], string | undefined>(true);
  same<Partition['partitionID'], number | undefined>(true);
  same<Partition['isBootable'], boolean | undefined>(true);
  same<Partition['clientNetworkAdapters'], readonly string[]>(true);
  same<Partition['associatedManagedSystem'], string | undefined>(true);
  same<NonNullable<NonNullable<Partition['partitionMemoryConfiguration']>['expansionFactor']>, number>(true);
  const mappings: LensList<(typeof VirtualSCSIMapping)['fields']> = create(
    VirtualIOServer,
    {},
  ).virtualSCSIMappings;
  assert.equal(mappings.length, 0);
});

test('what a declaration does not allow does not compile', () => {
  const lens = create(VirtualSwitch, {});
  assert.throws(() => {
    // @ts-expect-error a number where a text is declared
    lens.switchName = 5;
  });
  assert.throws(() => {
    // @ts-expect-error a text where a number is declared
    create(VirtualSwitch, { switchID: '5' });
  });
  assert.throws(() => {
    // @ts-expect-error a field that is not declared
    create(VirtualSwitch, { nonsense: 1 });
  });
  // @ts-expect-error a field that is not declared
  assert.equal(lens.nonsense, undefined);
  assert.throws(() => {
    // @ts-expect-error a nested element is assigned a lens: create(PartitionMemoryConfiguration, …)
    create(LogicalPartition, {}).partitionMemoryConfiguration = { desiredMemory: 1 };
  });
  // @ts-expect-error one element's lens is not another's
  const wrong: Lens<typeof ServerAdapter> = create(ClientAdapter, {});
  assert.ok(wrong);
  const right: Init<typeof VirtualSwitch> = { switchName: 'ETHERNET0', virtualNetworks: [] };
  assert.equal(create(VirtualSwitch, right).switchName, 'ETHERNET0');
});
