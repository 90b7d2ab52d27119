import type { SpawnParams } from '../../contract/index.js';
import { exampleFlavor, exampleInstance, exampleVif, noDevices } from '../nova.js';
import { exampleCall, type Rig } from '../rig.js';

/** How systems and servers come to where an operation begins. */
type Arrangement = (rig: Rig, params: SpawnParams) => Promise<SpawnParams>;

/** An interface that is not on the server yet; the same in every trial, so that states can be compared. */
export const furtherVif = exampleVif();

/** A virtual NIC on two SR-IOV ports. */
export const directVif = exampleVif({
  type: 'pvm_sriov',
  vnicType: 'direct',
  details: { vlan: '300', physical_network: 'data', redundancy: 2 },
});

/** A port of Open vSwitch on NovaLink. */
export const bridgedVif = exampleVif({
  type: 'ovs',
  details: { bridge_name: 'br-int', ovs_hybrid_plug: false },
  network: { id: 'n1', label: 'net', bridge: 'br-int', meta: { mtu: 1450 } },
});

/** IBM i with ephemeral and swap disks: its deployment has every step. */
export const withEmptyDisks: Partial<SpawnParams> = {
  instance: exampleInstance({ systemMetadata: { image_os_distro: 'ibmi' } }),
  blockDevices: { ...noDevices, ephemerals: [{ deviceName: null, sizeGb: 1 }], swapMb: 1024 },
};

/** What the server becomes in a resize. */
export const larger = exampleFlavor({ name: 'large', memoryMb: 4096, rootGb: 3 });

export const migration = { sourceHost: 'aio', destinationHost: 'aio' };

export const cached: Arrangement = async ({ driver }, params) => {
  await driver.cacheImage(params, exampleCall());
  return params;
};

export const spawned: Arrangement = async ({ driver }, params) => {
  await driver.spawn(params, exampleCall());
  return params;
};

export const running: Arrangement = async (rig, params) => {
  await spawned(rig, params);
  await rig.driver.powerOn({ instance: params.instance, firstBoot: true, configDrive: true }, exampleCall());
  await rig.booted(params.instance);
  return params;
};

export const rescued: Arrangement = async (rig, params) => {
  await running(rig, params);
  await rig.driver.rescue(params, exampleCall());
  return params;
};

export const migrate = ({ driver }: Rig, params: SpawnParams) =>
  driver.migrateDiskAndPowerOff(
    { ...params, destination: '127.0.0.1', sameHost: true, flavor: larger, timeout: 60 },
    exampleCall(),
  );

/** Half way through a resize, where Nova has given the server its new flavor. */
export const migrated: Arrangement = async (rig, params) => {
  await running(rig, params);
  await migrate(rig, params);
  const { instance } = params;
  const flavors = { flavor: larger, oldFlavor: instance.flavor, newFlavor: larger };
  return { ...params, instance: { ...instance, ...flavors } };
};

/** A resize that waits for its confirmation, with what was noted for the revert. */
export const resized: Arrangement = async (rig, params) => {
  const halfWay = await migrated(rig, params);
  const { systemMetadata = {} } = await rig.driver.finishMigration({ ...halfWay, migration }, exampleCall());
  return { ...halfWay, instance: { ...halfWay.instance, systemMetadata } };
};

/** A server that Nova has given its old flavor again. */
export const reverting: Arrangement = async (rig, params) => {
  const { instance } = await resized(rig, params);
  const { systemMetadata } = instance;
  return { ...params, instance: { ...params.instance, systemMetadata } };
};
