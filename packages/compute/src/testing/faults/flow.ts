import type { SpawnParams } from '../../contract/index.js';
import type { Rig, RigOptions } from '../rig.js';

/** One operation of the driver, and what must hold after it has failed. */
export interface FaultFlow {
  /** Rule ids first: they go into the test's name. */
  readonly title: string;
  /** The name under which the driver runs it. */
  readonly operation: string;
  readonly rig: RigOptions;
  /** `undone`: nothing has changed. `repeatable`: once more, and it is done. */
  readonly afterFailure: 'undone' | 'repeatable';
  /** The Nova exceptions that a fault on the way may become (requirements 22.1). */
  readonly exceptions: readonly string[];
  /** Cached images are left out of comparisons, unless the operation is about them. */
  readonly subject?: 'images';
  /** What differs from an ordinary deployment. */
  readonly deployment?: Partial<SpawnParams>;
  /**
   * Brings the system to where the operation begins, once for all trials; returns what Nova knows of the server then,
   * if that is not the deployment any more.
   */
  arrange?(rig: Rig, params: SpawnParams): Promise<SpawnParams>;
  /** The operation itself, by a driver that has just started. */
  act(rig: Rig, params: SpawnParams): Promise<unknown>;
}
