import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Driver, SpawnParams } from '@openstack-powervm/compute';
import type { WorldSnapshot } from '@openstack-powervm/simulator';
import type { Cost, Meter } from './cost.js';
import { call, deployment, flavor, imageAccess } from './deployments.js';

/** What there is to measure with. */
export interface Bench {
  readonly driver: Driver;
  readonly meter: Meter;
  /** For config drives. */
  readonly folder: string;
}

export interface Measured {
  readonly operation: string;
  readonly cost: Cost;
  /** Of this process, megabytes; where it is the point. */
  readonly rssMb?: number;
}

const removal = ({ instance, vifs, blockDevices }: SpawnParams) => ({
  ...{ instance, vifs, blockDevices },
  configDrive: true,
  destroyDisks: true,
});

/** The life of one server. The image is uploaded before. */
export async function lifecycle({ driver, folder, meter }: Bench): Promise<Measured[]> {
  const measured: Measured[] = [];
  const measure = async (operation: string, work: () => Promise<unknown>) =>
    measured.push({ operation, cost: await meter.measure(work) });
  const warm = await deployment(folder, 0);
  await driver.spawn(warm, call());
  const params = await deployment(folder, 1);
  const { instance, blockDevices, vifs } = params;
  await measure('spawn', () => driver.spawn(params, call()));
  await measure('start', () => driver.powerOn({ instance, firstBoot: true, configDrive: true }, call()));
  await measure('stop', () => driver.powerOff({ instance, timeout: 60 }, call()));
  await measure('resize', async () => {
    const migration = { sourceHost: 'bench', destinationHost: 'bench' };
    const larger = { ...instance, flavor: flavor(2048), oldFlavor: instance.flavor };
    const source = { instance, blockDevices, vifs, destination: '127.0.0.1', sameHost: true };
    await driver.migrateDiskAndPowerOff({ ...source, flavor: larger.flavor, timeout: 60 }, call());
    await driver.finishMigration({ instance: larger, blockDevices, vifs, migration }, call());
    await driver.confirmMigration({ instance: larger, vifs }, call());
  });
  await measure('destroy', () => driver.destroy(removal(params), call()));
  await driver.destroy(removal(warm), call());
  return measured;
}

/** A capture of a disk of 1 GB. */
export async function capture({ driver, folder, meter }: Bench): Promise<Measured[]> {
  const params = await deployment(folder, 1);
  await driver.spawn(params, call());
  const work = () =>
    driver.snapshot({ instance: params.instance, imageId: randomUUID(), imageAccess }, call());
  const cost = await meter.measure(work);
  await driver.destroy(removal(params), call());
  return [{ operation: 'capture of 1 GB', cost }];
}

/** Deployments at the same time. */
export async function together({ driver, folder, meter }: Bench, count: number): Promise<Measured[]> {
  const warm = await deployment(folder, 0);
  await driver.spawn(warm, call());
  const all = await Promise.all(Array.from({ length: count }, (_, number) => deployment(folder, number + 1)));
  const cost = await meter.measure(() => Promise.all(all.map((params) => driver.spawn(params, call()))));
  await Promise.all([warm, ...all].map((params) => driver.destroy(removal(params), call())));
  return [{ operation: count === 1 ? '1 spawn' : `${count} spawns at once`, cost }];
}

/** What Nova's periodic tasks ask: the resource report and the power state of every server. */
export async function periodic({ driver, meter }: Bench, url: string): Promise<Measured[]> {
  const uuids = await partitionUuids(url);
  const cycle = async () => {
    await driver.getAvailableResource({}, call());
    for (const uuid of uuids) await driver.getInfo({ uuid }, call());
  };
  const first = await meter.measure(cycle);
  const next = await meter.measure(cycle);
  const partitions = uuids.length;
  return [
    { operation: `periodic cycle, ${partitions} partitions, first`, cost: first },
    { operation: `periodic cycle, ${partitions} partitions`, cost: next, rssMb: residentMb('self') },
  ];
}

/** UUIDs of the client partitions, as the simulator tells them. */
export async function partitionUuids(url: string): Promise<string[]> {
  const world: WorldSnapshot = JSON.parse(await (await fetch(`${url}/simulator/world`)).text());
  return world.systems.flatMap(({ partitions }) =>
    partitions.filter(({ isManagement }) => !isManagement).map(({ uuid }) => uuid.toLowerCase()),
  );
}

/** Memory of a process as the kernel counts it, megabytes. */
export function residentMb(pid: number | 'self'): number {
  const [, kb = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? [];
  return Math.round(Number(kb) / 1024);
}
