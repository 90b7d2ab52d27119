import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Driver,
  LinuxBlockDevices,
  NovaOptions,
  noLog,
  PowerVMOptions,
  systemClock,
} from '@openstack-powervm/compute';
import { Session } from '@openstack-powervm/rest';
import { Meter } from './cost.js';
import { call, images } from './deployments.js';
import { type Bench, capture, lifecycle, type Measured, periodic, together } from './tasks.js';

/** What one process measures. */
export interface Run {
  readonly url: string;
  readonly deviceRoot: string;
  readonly task: 'lifecycle' | 'capture' | 'periodic' | 'together';
  /** Deployments at once. */
  readonly count: number;
}

const tasks: Record<Run['task'], (bench: Bench, run: Run) => Promise<Measured[]>> = {
  lifecycle,
  capture,
  periodic: (bench, { url }) => periodic(bench, url),
  together: (bench, { count }) => together(bench, count),
};

const run: Run = JSON.parse(process.argv[2] ?? '{}');
const folder = await mkdtemp(join(tmpdir(), 'powervm-bench-driver-'));
// Before the first connection: it counts what passes through those that it saw opened.
const meter = new Meter();
const options = PowerVMOptions.parse({
  rest_endpoint: run.url,
  volume_group_name: 'datavg',
  disk_driver: run.task === 'capture' ? 'ssp' : 'localdisk',
});
const driver = new Driver(options, NovaOptions.parse({ host: 'bench', my_ip: '127.0.0.1' }), {
  openSession: (options) =>
    Session.open(
      {
        endpoint: run.url,
        credentials: { kind: 'password', username: 'pvmadmin', password: 'pvmadmin-simulated' },
      },
      options,
    ),
  images,
  devices: new LinuxBlockDevices(run.deviceRoot, systemClock),
  log: noLog,
});
try {
  await driver.initHost({}, call());
  process.send?.(await tasks[run.task]({ driver, folder, meter }, run));
} finally {
  meter.close();
  await driver.cleanupHost();
  await rm(folder, { recursive: true });
  process.disconnect();
}
