import { z } from 'zod';
import { urlOf } from '../config/common.js';
import type { Deployment } from '../deployment/deployment.js';

const world = z.object({
  systems: z.array(z.object({ partitions: z.array(z.object({ uuid: z.string() })) })),
});

/** The first digit of a partition's UUID may differ from the server's: PowerVM wants its highest bit clear. */
const comparable = (uuid: string) => uuid.toLowerCase().slice(1);

/** Whether the simulated Power system has the partition of a server. */
export async function hasPartition(
  deployment: Deployment,
  server: string,
  signal: AbortSignal,
): Promise<boolean> {
  const response = await fetch(urlOf(deployment, 'powerSystem', '/simulator/world'), { signal });
  const { systems } = world.parse(await response.json());
  return systems.some(({ partitions }) =>
    partitions.some(({ uuid }) => comparable(uuid) === comparable(server)),
  );
}
