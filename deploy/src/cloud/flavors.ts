import { z } from 'zod';
import type { Cloud } from './client.js';

/** Sizes to choose from: memory in MiB, disk in GB (at least 1, or users may not boot images). */
export const flavors = [
  { name: 'powervm.tiny', ram: 512, vcpus: 1, disk: 1 },
  { name: 'powervm.small', ram: 2048, vcpus: 1, disk: 2 },
  { name: 'powervm.medium', ram: 4096, vcpus: 2, disk: 4 },
] as const;

const flavorList = z.object({ flavors: z.array(z.object({ id: z.string(), name: z.string() })) });

/** Creates those flavors that are not there; gives the ids by name. */
export async function ensureFlavors(cloud: Cloud, signal: AbortSignal): Promise<Map<string, string>> {
  const list = async () => (await cloud.ask('nova', '/flavors', flavorList, { signal })).flavors;
  const known = new Set((await list()).map(({ name }) => name));
  for (const flavor of flavors.filter(({ name }) => !known.has(name))) {
    await cloud.tell('nova', '/flavors', { method: 'POST', json: { flavor }, signal });
  }
  return new Map((await list()).map(({ id, name }) => [name, id]));
}
