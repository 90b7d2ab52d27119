import type { DiskInfo } from '../bytes/byte-store.js';
import { type Answer, type Call, json, noContent } from '../http/call.js';
import type { Route } from '../http/route-table.js';
import { invalid, notFound } from '../world/refusal.js';

/** The bytes behind a UDID, as whoever has the disk mapped would read them. */
export function diskRoutes(base: string): Route[] {
  const path = `${base}/disks/{udid}`;
  return [
    {
      name: 'simulator.disk',
      method: 'GET',
      path,
      answer: (call) => json(findDisk(call)),
      open: true,
      produces: 'json',
    },
    {
      name: 'simulator.disk.content',
      method: 'GET',
      path: `${path}/content`,
      answer: content,
      open: true,
      produces: 'any',
    },
    {
      name: 'simulator.disk.write',
      method: 'PUT',
      path: `${path}/content`,
      answer: write,
      open: true,
      produces: 'any',
    },
  ];
}

/** `?length=N` reads the first N bytes only. */
function content(call: Call): Answer {
  const disk = findDisk(call);
  const length = call.query.get('length') ?? String(disk.sizeBytes);
  if (!/^\d+$/.test(length)) throw invalid(`length "${length}" is not a number of bytes.`);
  const end = Math.min(Number(length), disk.sizeBytes);
  return {
    status: 200,
    type: 'application/octet-stream',
    headers: { 'Content-Length': String(end) },
    body: call.world.bytes.read(disk.key, 0, end),
  };
}

/** Writes at the start of the disk, as whoever has it would: a guest, or a volume service that fills a file. */
async function write(call: Call): Promise<Answer> {
  const { key } = findDisk(call);
  try {
    await call.world.bytes.write(key, call.body);
  } catch (error) {
    if (error instanceof RangeError) throw invalid(`The disk cannot take that: ${error.message}.`);
    throw error;
  }
  return noContent;
}

/** Media are found by their own UDID on any VIOS of the console. */
function findDisk(call: Call): DiskInfo {
  const udid = call.parameters['udid'] ?? '';
  const groups = call.console.systems
    .flatMap((system) => [...system.vioses])
    .flatMap((vios) => [...vios.volumeGroups]);
  const medium = groups
    .flatMap((group) => group.repository?.media ?? [])
    .find((candidate) => candidate.udid === udid);
  const info = call.world.bytes.info(medium?.contentKey ?? udid);
  if (info === undefined) throw notFound(`There is no disk or media with UDID ${udid}.`);
  return info;
}
