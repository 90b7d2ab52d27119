import type { BlockDevices } from './block-devices.js';
import type { Image, Instance } from './instance.js';
import type { Vif } from './network.js';
import type { ImageAccess, RequestContext } from './request.js';

/** What a driver method gets besides its parameters. */
export interface DriverCall {
  /** Gives the operation up; what it has done so far is undone. */
  readonly signal: AbortSignal;
  readonly request: RequestContext;
  /** Told how far an operation is. */
  progress?(progress: { instanceUuid: string; percent: number; step: string }): void;
  /** Asked to set the instance's task state (SNAP-2). */
  taskState?(change: { instanceUuid: string; taskState: string; expected: string | null }): void;
}

/** Changes that Nova must persist. */
export interface Updates {
  /** Merged into the instance's system metadata; values of at most 255 characters. */
  readonly systemMetadata?: Record<string, string>;
  /** New `connection_info` by volume id (SPAWN-8). May hold secrets. */
  readonly connectionInfo?: Record<string, Record<string, unknown>>;
}

export interface OfInstance {
  readonly instance: Instance;
}

export interface WithVifs extends OfInstance {
  readonly vifs: readonly Vif[];
}

export interface WithDevices extends WithVifs {
  readonly blockDevices: BlockDevices;
}

export interface WithImage {
  readonly image: Image;
  /** null: only cached or shared images can be used. */
  readonly imageAccess: ImageAccess | null;
}

export interface SpawnParams extends WithDevices, WithImage {
  /** Path of the ISO file, readable until the answer. */
  readonly configDrivePath: string | null;
  readonly managementMac: string | null;
  /** The instance comes from a failed host: its disks are used again where they are found (DRIFT-1). */
  readonly evacuate: boolean;
}

export interface DestroyParams extends WithDevices {
  /** A config drive belongs to the instance. */
  readonly configDrive: boolean;
  readonly destroyDisks: boolean;
}

/** The answer of a call that has nothing to tell. */
export type Nothing = Record<string, never>;
