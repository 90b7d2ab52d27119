import { randomUUID } from 'node:crypto';
import { defaultSystem, parseSite } from '@openstack-powervm/simulator';
import type { Instance, SpawnParams } from '../../contract/index.js';
import { exampleFlavor, exampleInstance, exampleVif, noDevices } from '../nova.js';
import { exampleCall, type Rig, type RigOptions, removalOf } from '../rig.js';

const imageAccess = { endpoint: 'http://127.0.0.1:9292', token: 'not a real one' };
/** The same in every trial, so that states can be compared. */
const furtherVif = exampleVif();
/** A virtual NIC on two SR-IOV ports. */
const directVif = exampleVif({
  type: 'pvm_sriov',
  vnicType: 'direct',
  details: { vlan: '300', physical_network: 'data', redundancy: 2 },
});
const migration = { sourceHost: 'aio', destinationHost: 'aio' };

/** One operation of the driver, and what must hold after it has failed. */
export interface FaultFlow {
  /** Rule ids first: they go into the test's name. */
  readonly title: string;
  /** The name under which the driver runs it. */
  readonly operation: string;
  readonly rig: RigOptions;
  /** `undone`: nothing has changed. `repeatable`: once more, and it is done. */
  readonly afterFailure: 'undone' | 'repeatable';
  /** Brings the system to where the operation begins, and returns the operation. */
  arrange(rig: Rig, deployment: SpawnParams): Promise<() => Promise<unknown>>;
  /** What differs from an ordinary deployment. */
  readonly deployment?: Partial<SpawnParams>;
}

const pool = parseSite({
  systems: [defaultSystem('sim1')],
  clusters: [
    {
      name: 'gold',
      pool: 'gold-pool',
      nodes: [{ system: 'sim1', vioses: ['vios1', 'vios2'] }],
      tiers: [{ name: 'SYSTEM', default: true, disksGb: [500] }],
    },
  ],
});
const onPool: RigOptions = { simulator: { site: pool }, options: { disk_driver: 'ssp' } };

const dataPorts = { ports: [{ label: 'data' }] };
const withSriovPorts: RigOptions = {
  simulator: {
    site: parseSite({ systems: [{ ...defaultSystem('sim1'), sriovAdapters: [dataPorts, dataPorts] }] }),
  },
};

const cached = async ({ driver }: Rig, { image }: SpawnParams): Promise<void> => {
  await driver.cacheImage({ image, imageAccess }, exampleCall());
};

const spawned = async ({ driver }: Rig, params: SpawnParams): Promise<void> => {
  await driver.spawn(params, exampleCall());
};

const running = async (rig: Rig, params: SpawnParams): Promise<void> => {
  await spawned(rig, params);
  await rig.driver.powerOn({ instance: params.instance, firstBoot: true, configDrive: true }, exampleCall());
  await rig.booted(params.instance);
};

const larger = exampleFlavor({ name: 'large', memoryMb: 4096, rootGb: 3 });

/** The instance as Nova passes it after it has taken the new flavor. */
const resized = (instance: Instance, systemMetadata = {}): Instance => ({
  ...instance,
  flavor: larger,
  oldFlavor: instance.flavor,
  newFlavor: larger,
  systemMetadata,
});

const migrate = ({ driver }: Rig, params: SpawnParams) =>
  driver.migrateDiskAndPowerOff(
    { ...params, destination: '127.0.0.1', sameHost: true, flavor: larger, timeout: 60 },
    exampleCall(),
  );

/** Up to where Nova asks for confirmation; returns the instance with what was noted. */
async function finished(rig: Rig, params: SpawnParams): Promise<Instance> {
  await running(rig, params);
  await migrate(rig, params);
  const instance = resized(params.instance);
  const { systemMetadata = {} } = await rig.driver.finishMigration(
    { ...params, instance, migration },
    exampleCall(),
  );
  return { ...instance, systemMetadata };
}

export const faultFlows: readonly FaultFlow[] = [
  {
    title: 'SPAWN-14 a deployment',
    operation: 'spawn',
    rig: {},
    afterFailure: 'undone',
    async arrange(rig, params) {
      await cached(rig, params);
      return () => spawned(rig, params);
    },
  },
  {
    title: 'SPAWN-14 IBMI-2 DSK-6 a deployment of IBM i with empty disks and the upload of its image',
    operation: 'spawn',
    rig: {},
    afterFailure: 'undone',
    deployment: {
      instance: exampleInstance({ systemMetadata: { image_os_distro: 'ibmi' } }),
      blockDevices: { ...noDevices, ephemerals: [{ deviceName: null, sizeGb: 1 }], swapMb: 1024 },
    },
    arrange: async (rig, params) => () => spawned(rig, params),
  },
  {
    title: 'SPAWN-14 SSP-3 a deployment in a Shared Storage Pool',
    operation: 'spawn',
    rig: onPool,
    afterFailure: 'undone',
    arrange: async (rig, params) => () => spawned(rig, params),
  },
  {
    title: 'DESTROY-6 a removal',
    operation: 'destroy',
    rig: {},
    afterFailure: 'repeatable',
    async arrange(rig, params) {
      await running(rig, params);
      return () => rig.driver.destroy(removalOf(params), exampleCall());
    },
  },
  {
    title: 'DESTROY-6 a removal from a Shared Storage Pool',
    operation: 'destroy',
    rig: onPool,
    afterFailure: 'repeatable',
    async arrange(rig, params) {
      await running(rig, params);
      return () => rig.driver.destroy(removalOf(params), exampleCall());
    },
  },
  {
    title: 'PWR-2 a start',
    operation: 'powerOn',
    rig: {},
    afterFailure: 'repeatable',
    async arrange(rig, params) {
      await spawned(rig, params);
      return () =>
        rig.driver.powerOn({ instance: params.instance, firstBoot: true, configDrive: true }, exampleCall());
    },
  },
  {
    title: 'PWR-7 a stop',
    operation: 'powerOff',
    rig: {},
    afterFailure: 'repeatable',
    async arrange(rig, params) {
      await running(rig, params);
      return () => rig.driver.powerOff({ instance: params.instance, timeout: 60 }, exampleCall());
    },
  },
  {
    title: 'RB-2 a reboot',
    operation: 'reboot',
    rig: {},
    afterFailure: 'repeatable',
    async arrange(rig, params) {
      await running(rig, params);
      return () => rig.driver.reboot({ instance: params.instance, type: 'HARD' }, exampleCall());
    },
  },
  {
    title: 'RESC-1 a rescue',
    operation: 'rescue',
    rig: {},
    afterFailure: 'undone',
    async arrange(rig, params) {
      await running(rig, params);
      return () => rig.driver.rescue(params, exampleCall());
    },
  },
  {
    title: 'RESC-3 the end of a rescue',
    operation: 'unrescue',
    rig: {},
    afterFailure: 'repeatable',
    async arrange(rig, params) {
      await running(rig, params);
      await rig.driver.rescue(params, exampleCall());
      return () => rig.driver.unrescue({ instance: params.instance }, exampleCall());
    },
  },
  {
    title: 'VIF-13 an interface that is attached',
    operation: 'attachInterface',
    rig: {},
    afterFailure: 'undone',
    async arrange(rig, params) {
      await running(rig, params);
      const vif = furtherVif;
      return () => rig.driver.attachInterface({ instance: params.instance, vif }, exampleCall());
    },
  },
  {
    title: 'SPAWN-14 N03 a deployment with a virtual NIC',
    operation: 'spawn',
    rig: withSriovPorts,
    afterFailure: 'undone',
    deployment: { vifs: [exampleVif(), directVif] },
    async arrange(rig, params) {
      await cached(rig, params);
      return () => spawned(rig, params);
    },
  },
  {
    title: 'VIF-7 VIF-13 a virtual NIC that is attached',
    operation: 'attachInterface',
    rig: withSriovPorts,
    afterFailure: 'undone',
    async arrange(rig, params) {
      await running(rig, params);
      return () => rig.driver.attachInterface({ instance: params.instance, vif: directVif }, exampleCall());
    },
  },
  {
    title: 'VIF-13 SRV-7 a virtual NIC that is detached',
    operation: 'detachInterface',
    rig: withSriovPorts,
    afterFailure: 'repeatable',
    deployment: { vifs: [directVif] },
    async arrange(rig, params) {
      await running(rig, params);
      return () => rig.driver.detachInterface({ instance: params.instance, vif: directVif }, exampleCall());
    },
  },
  {
    title: 'VIF-13 an interface that is detached',
    operation: 'detachInterface',
    rig: {},
    afterFailure: 'repeatable',
    async arrange(rig, params) {
      await running(rig, params);
      const [vif = exampleVif()] = params.vifs;
      return () => rig.driver.detachInterface({ instance: params.instance, vif }, exampleCall());
    },
  },
  {
    title: 'MIG-7 the first half of a resize',
    operation: 'migrateDiskAndPowerOff',
    rig: {},
    afterFailure: 'undone',
    async arrange(rig, params) {
      await running(rig, params);
      return () => migrate(rig, params);
    },
  },
  {
    title: 'FIN-6 the second half of a resize',
    operation: 'finishMigration',
    rig: {},
    afterFailure: 'undone',
    async arrange(rig, params) {
      await running(rig, params);
      await migrate(rig, params);
      const instance = resized(params.instance);
      return () => rig.driver.finishMigration({ ...params, instance, migration }, exampleCall());
    },
  },
  {
    title: 'CONF-1 a resize that is confirmed',
    operation: 'confirmMigration',
    rig: {},
    afterFailure: 'repeatable',
    async arrange(rig, params) {
      const instance = await finished(rig, params);
      return () => rig.driver.confirmMigration({ ...params, instance }, exampleCall());
    },
  },
  {
    title: 'REV-1 a resize that is reverted',
    operation: 'finishRevertMigration',
    rig: {},
    afterFailure: 'repeatable',
    async arrange(rig, params) {
      const { systemMetadata } = await finished(rig, params);
      const instance = { ...params.instance, systemMetadata };
      return () => rig.driver.finishRevertMigration({ ...params, instance, migration }, exampleCall());
    },
  },
  {
    title: 'SNAP-10 a capture',
    operation: 'snapshot',
    rig: onPool,
    afterFailure: 'undone',
    async arrange(rig, params) {
      await running(rig, params);
      // The bytes are compared elsewhere; here only the way to them and back counts.
      rig.images.upload = async (_access, _id, { body }) => {
        for await (const _piece of body) break;
      };
      return () =>
        rig.driver.snapshot({ instance: params.instance, imageId: randomUUID(), imageAccess }, exampleCall());
    },
  },
];
