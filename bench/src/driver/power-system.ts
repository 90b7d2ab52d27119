import { defaultSystem, type LatencyProfile, parseSite, startSimulator } from '@openstack-powervm/simulator';

/** The simulated Power system, in a process of its own: what it costs must not count as the driver's. */
const {
  latency,
  partitions,
  devicesDir,
}: { latency: LatencyProfile; partitions: number; devicesDir: string } = JSON.parse(process.argv[2] ?? '{}');

const site = parseSite({
  systems: [
    {
      ...defaultSystem('sim1'),
      partitions: { count: partitions, mappings: 2 * partitions },
      memoryMb: 16 * 1024 * 1024,
      processorUnits: 2000,
    },
  ],
  clusters: [
    {
      name: 'cluster1',
      pool: 'pool1',
      nodes: [{ system: 'sim1', vioses: ['vios1', 'vios2'] }],
      tiers: [{ name: 'SYSTEM', default: true, disksGb: [500] }],
    },
  ],
});

const simulator = await startSimulator({ site, latency, devicesDir, seed: 1 });
process.send?.({ url: simulator.url });
process.on('disconnect', () => void simulator.close().then(() => process.exit()));
