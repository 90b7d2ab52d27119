import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { type Deployment, deviceRoot, urlOf } from '@openstack-powervm/deploy';
import type { WorldSnapshot } from '@openstack-powervm/simulator';

type SystemSnapshot = WorldSnapshot['systems'][number];
type Vios = SystemSnapshot['vioses'][number];

/** What is mapped from one or more VIOSes to one partition. */
export interface MappedStorage {
  readonly kind: string;
  readonly name: string;
  readonly udid: string;
}

/** A partition's UUID is the server's, except that its highest bit is clear. */
const comparable = (uuid: string) => uuid.toLowerCase().slice(1);

/** The simulated Power system, seen from outside. */
export class PowerSystem {
  readonly #base: string;
  /** What NovaLink shows of its disks. */
  readonly #devices: string;

  constructor(deployment: Deployment) {
    this.#base = urlOf(deployment, 'powerSystem', '/simulator');
    this.#devices = deviceRoot(deployment);
  }

  async world(): Promise<WorldSnapshot> {
    const world: WorldSnapshot = JSON.parse(await (await this.#get('/world')).text());
    return world;
  }

  async system(): Promise<SystemSnapshot> {
    const [system] = (await this.world()).systems;
    if (!system) throw new Error('the simulator has no system');
    return system;
  }

  /** The partition of a server. */
  async partitionOf(server: string) {
    const { partitions } = await this.system();
    return partitions.find(({ uuid }) => comparable(uuid) === comparable(server));
  }

  /** What the VIOSes map to a partition, by its name; each storage once, however many VIOSes show it. */
  async storageOf(partition: string): Promise<MappedStorage[]> {
    const { vioses } = await this.system();
    const mapped = vioses.flatMap(({ mappings }) =>
      mappings.flatMap(({ client, storage }) => (client === partition && storage ? [storage] : [])),
    );
    return [...new Map(mapped.map((storage) => [storage.udid, storage])).values()];
  }

  /** Digest of the first bytes of a disk or medium. */
  async digestOf(udid: string, length: number, algorithm = 'sha256'): Promise<string> {
    const { body } = await this.#get(`/disks/${encodeURIComponent(udid)}/content?length=${length}`);
    const hash = createHash(algorithm);
    if (body) for await (const piece of body) hash.update(piece);
    return hash.digest('hex');
  }

  /** Everything that a server leaves traces in: nothing of it may differ after the server's end. */
  async traces() {
    const { partitions, vioses } = await this.system();
    const { clusters, consoles } = await this.world();
    return {
      partitions: partitions.map(({ name }) => name).sort(),
      mappings: vioses.map(({ name, mappings }) => ({ name, mappings: mappings.length })),
      storage: vioses.flatMap(contents).sort(),
      units: clusters.flatMap(({ units }) => units.map(({ name }) => name)).sort(),
      files: consoles.flatMap(({ files }) => files.map(({ name }) => name)).sort(),
      devices: (await readdir(this.#devices, { recursive: true })).sort(),
    };
  }

  async #get(path: string): Promise<Response> {
    const response = await fetch(`${this.#base}${path}`);
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
    return response;
  }
}

/** A copy of an image that is kept for the next server; it stays on purpose. */
const cachedImage = /^i_/;

function contents({ name, volumeGroups }: Vios): string[] {
  return volumeGroups.flatMap((group) =>
    [...group.disks, ...group.media]
      .filter((content) => !cachedImage.test(content.name))
      .map((content) => `${name}/${group.name}/${content.name}`),
  );
}
