import type { WorldSnapshot } from '@openstack-powervm/simulator';
import { residentMb } from '../driver/tasks.js';
import { benchChanges } from './changes.js';
import { type AddFigure, elapsed, figureRow, median, type SimulatorFigure } from './figure.js';
import { type SimulatorProcess, withSimulator } from './simulator-process.js';
import { bytesOf, logOn } from './wire.js';

const partitions = 1000;
const quickReads = 2000;
const readers = 8;

const site = ['--site', 'one-host', '--partitions', `${partitions}`, '--seed', '1'];

/** What `powervm simulate` costs with 1,000 partitions and 2,000 mappings. */
export async function benchSimulator(tell: (line: string) => void): Promise<SimulatorFigure[]> {
  tell(`simulator with ${partitions} partitions and ${2 * partitions} mappings`);
  const figures: SimulatorFigure[] = [];
  const add = (figure: SimulatorFigure): void => {
    figures.push(figure);
    tell(figureRow(figure));
  };
  await withSimulator(site, (simulator) => benchReads(simulator, add));
  await benchChanges(site, add);
  return figures;
}

async function benchReads({ url, pid, startMs, cpu }: SimulatorProcess, add: AddFigure): Promise<void> {
  add({ what: 'start', value: startMs / 1000, unit: 's', aim: 5, cpu: cpu() });
  const token = await logOn(url);
  const read = (path: string) => bytesOf(`${url}/rest/api/uom/${path}`, token);
  const world: WorldSnapshot = JSON.parse(await (await fetch(`${url}/simulator/world`)).text());
  const [system] = world.systems;
  const uuids = system?.partitions.map(({ uuid }) => uuid) ?? [];
  const mappings = `VirtualIOServer/${system?.vioses[0]?.uuid}?group=ViosSCSIMapping`;
  for (const again of ['', ', unchanged since']) {
    for (const [what, path] of [
      ['LPAR feed', 'LogicalPartition'],
      ['VIOS with its mappings', mappings],
    ] as const) {
      const before = cpu();
      const value = (await elapsed(() => read(path))) / 1000;
      add({ what: `${what}${again}`, value, unit: 's', aim: 1, cpu: cpu() - before });
    }
  }
  const quick = (index: number) =>
    read(`LogicalPartition/${uuids[index % uuids.length]}/quick/PartitionState`);
  const times: number[] = [];
  for (let index = 0; index < quickReads; index += 1) times.push(await elapsed(() => quick(index)));
  add({ what: 'quick property, median', value: median(times), unit: 'ms', aim: 5 });
  const busyBefore = cpu();
  await Promise.all(
    Array.from({ length: readers }, async (_, reader) => {
      for (let index = reader; index < quickReads; index += readers) await quick(index);
    }),
  );
  add({
    what: 'quick reads per second of its CPU',
    value: quickReads / (cpu() - busyBefore),
    unit: '/s',
    aim: 200,
  });
  add({ what: 'memory, after all this', value: residentMb(pid), unit: 'MB', aim: 400 });
}
