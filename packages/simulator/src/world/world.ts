import type { ByteStore } from '../bytes/byte-store.js';
import type { RequestCosts } from '../site/latency.js';
import type { Site } from '../site/site.js';
import type { Timing } from '../site/timing.js';
import type { BackingObject } from './backing-object.js';
import type { Change } from './changes.js';
import type { Clock } from './clock.js';
import type { IscsiTarget } from './iscsi/iscsi-target.js';
import type { ManagedSystem } from './managed-system.js';
import type { Random } from './random.js';
import type { Cluster } from './shared-storage-pool.js';
import type { StorageArray } from './storage-array.js';

/** Everything that is simulated behind the REST API: systems, time, chance and bytes. */
export interface World {
  readonly seed: number;
  readonly site: Site;
  readonly random: Random;
  readonly clock: Clock;
  readonly timing: Timing;
  /** What requests cost. */
  readonly costs: RequestCosts;
  readonly bytes: ByteStore;
  readonly systems: ManagedSystem[];
  readonly clusters: Cluster[];
  readonly arrays: StorageArray[];
  readonly iscsiTargets: IscsiTarget[];
  /** Of the Ceph cluster that NovaLink partitions reach. */
  readonly rbdImages: BackingObject[];
  /** Told of every change that a real console would announce as an event. */
  readonly listeners: Set<(change: Change) => void>;
}
