import { createHash } from 'node:crypto';
import { type Deployment, urlOf } from '@openstack-powervm/deploy';
import type { WorldSnapshot } from '@openstack-powervm/simulator';

type SystemSnapshot = WorldSnapshot['systems'][number];
type Vios = SystemSnapshot['vioses'][number];

/** What is mapped from a VIOS to one partition. */
export interface MappedStorage {
  readonly vios: string;
  readonly kind: string;
  readonly name: string;
  readonly udid: string;
}

/** A partition's UUID is the server's, except that its highest bit is clear. */
const comparable = (uuid: string) => uuid.toLowerCase().slice(1);

/** The simulated Power system, seen from outside. */
export class PowerSystem {
  readonly #base: string;

  constructor(deployment: Deployment) {
    this.#base = urlOf(deployment, 'powerSystem', '/simulator');
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

  /** What the VIOSes map to a partition, by its name. */
  async storageOf(partition: string): Promise<MappedStorage[]> {
    const { vioses } = await this.system();
    return vioses.flatMap((vios) =>
      vios.mappings.flatMap(({ client, storage }) =>
        client === partition && storage ? [{ vios: vios.name, ...storage }] : [],
      ),
    );
  }

  /** SHA-256 of the first bytes of a disk or medium. */
  async digestOf(udid: string, length: number): Promise<string> {
    const response = await this.#get(`/disks/${encodeURIComponent(udid)}/content?length=${length}`);
    return createHash('sha256')
      .update(new Uint8Array(await response.arrayBuffer()))
      .digest('hex');
  }

  /** Everything that a server leaves traces in: nothing of it may differ after the server's end. */
  async traces() {
    const { partitions, vioses } = await this.system();
    return {
      partitions: partitions.map(({ name }) => name).sort(),
      mappings: vioses.map(({ name, mappings }) => ({ name, mappings: mappings.length })),
      storage: vioses.flatMap(contents).sort(),
      files: (await this.world()).consoles.flatMap(({ files }) => files.map(({ name }) => name)).sort(),
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
