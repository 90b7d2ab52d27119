import { Cluster, type Entity, type Session, SharedStoragePool, Tier, uuidOf } from '@openstack-powervm/rest';
import type { PowerVMOptions } from '../../contract/index.js';
import { DriverError } from '../../errors/index.js';
import type { CallOptions } from '../../flow/index.js';
import type { DiskCapacity } from '../../host/resources.js';
import type { VirtualIOServers } from '../../host/vioses.js';
import { Units } from './units.js';

type ClusterEntity = Entity<typeof Cluster>;

/** A Shared Storage Pool as this host sees it. */
export class PoolHandle {
  readonly #session: Session;
  readonly #vioses: VirtualIOServers;
  #cluster: ClusterEntity;
  #pool: Entity<typeof SharedStoragePool>;
  /** Where the driver's logical units are. */
  readonly tierId: string;

  private constructor(
    session: Session,
    vioses: VirtualIOServers,
    found: { cluster: ClusterEntity; pool: Entity<typeof SharedStoragePool>; tierId: string },
  ) {
    this.#session = session;
    this.#vioses = vioses;
    this.#cluster = found.cluster;
    this.#pool = found.pool;
    this.tierId = found.tierId;
  }

  /** Finds the cluster, its pool and the pool's default tier (SSP-1). */
  static async find(
    session: Session,
    vioses: VirtualIOServers,
    { cluster_name: name }: Pick<PowerVMOptions, 'cluster_name'>,
    call: CallOptions,
  ): Promise<PoolHandle> {
    const cluster = theOne(await session.list(Cluster, call), name);
    const poolId = uuidOf(cluster.value.clusterSharedStoragePool) ?? '';
    const pool = await session.get(SharedStoragePool, poolId, call);
    const tiers = await tiersOf(session, pool.id, call);
    const tier = tiers.find(({ value }) => value.isDefault);
    if (!tier)
      throw new DriverError(
        'PVM_CLUSTER_NOT_FOUND',
        `Shared Storage Pool ${pool.value.storagePoolName} has no default tier`,
        { cluster: cluster.value.clusterName ?? '' },
      );
    return new PoolHandle(session, vioses, { cluster, pool, tierId: tier.id });
  }

  /** Identifies the pool on every host that shares it (HOST-10). */
  get id(): string {
    return this.#pool.value.uniqueDeviceID ?? this.#pool.id;
  }

  /**
   * What the default tier holds and what of it is used (S10, SSP-4, B-12). Only the pool tells what is free, counting the
   * blocks that thin units really take; that is the tier's figure while there is no other tier. Of several tiers nobody
   * tells what each has left: the units of the default one count as if they were full.
   */
  async capacity(call: CallOptions): Promise<DiskCapacity> {
    const tiers = await tiersOf(this.#session, this.#pool.id, call);
    if (tiers.length < 2) return this.#poolCapacity(call);
    const { capacity: totalGb = 0 } = tiers.find(({ id }) => id === this.tierId)?.value ?? {};
    const units = await new Units(this.#session, this.tierId).list(call);
    const promisedGb = units.reduce((sum, { value }) => sum + (value.unitCapacity ?? 0), 0);
    return { totalGb, usedGb: Math.min(promisedGb, totalGb) };
  }

  async #poolCapacity(call: CallOptions): Promise<DiskCapacity> {
    this.#pool = await this.#session.refresh(this.#pool, call);
    const { capacity = 0, freeSpace = 0 } = this.#pool.value;
    return { totalGb: capacity, usedGb: capacity - freeSpace };
  }

  /**
   * VIOSes of the cluster that are on this host and can be worked with. One that is down is left out, or a VIOS in
   * maintenance would stop every deployment (SSP-2, SSP-3, B-42). Membership may change, so it is looked at anew.
   */
  async viosIds(call: CallOptions): Promise<readonly string[]> {
    this.#cluster = await this.#session.refresh(this.#cluster, call);
    const members = new Set(
      this.#cluster.value.node.map(({ virtualIOServer }) => uuidOf(virtualIOServer)?.toUpperCase()),
    );
    const active = await this.#vioses.active(call);
    const ids = active.filter(({ id }) => members.has(id.toUpperCase())).map(({ id }) => id);
    if (ids.length > 0) return ids;
    throw new DriverError(
      'PVM_NO_ACTIVE_VIOS',
      `No active Virtual I/O Server of this host is in cluster ${this.#cluster.value.clusterName}`,
    );
  }
}

function tiersOf(session: Session, poolId: string, call: CallOptions): Promise<Entity<typeof Tier>[]> {
  return session.list(Tier, { ...call, parent: { type: SharedStoragePool, id: poolId } });
}

/** None and several are different mistakes (SSP-1). */
function theOne(clusters: readonly ClusterEntity[], name: string): ClusterEntity {
  const seen = clusters.map(({ value }) => value.clusterName ?? '').join(', ') || 'none';
  const matching = name === '' ? clusters : clusters.filter(({ value }) => value.clusterName === name);
  const [cluster, ...others] = matching;
  const wish = name === '' ? '[powervm] cluster_name is not set' : `[powervm] cluster_name is "${name}"`;
  if (!cluster)
    throw new DriverError(
      'PVM_CLUSTER_NOT_FOUND',
      `${wish}, but there is no such cluster; clusters are ${seen}`,
      {
        cluster: name,
      },
    );
  if (others.length > 0)
    throw new DriverError(
      'PVM_CLUSTER_AMBIGUOUS',
      `${wish}, but several clusters qualify: ${seen}; name one`,
      {
        cluster: name,
      },
    );
  return cluster;
}
