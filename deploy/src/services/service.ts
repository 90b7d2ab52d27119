import type { Deployment } from '../deployment/deployment.js';

/** How one sees that a service is ready for work. */
export type Probe =
  /** Somebody listens on the port. */
  | { readonly kind: 'tcp'; readonly port: number }
  /** The URL answers: success, "several choices" or "who are you". */
  | { readonly kind: 'http'; readonly url: string }
  /** A Unix socket takes connections. */
  | { readonly kind: 'socket'; readonly path: string }
  /** Somebody takes messages from the queue. */
  | { readonly kind: 'queue'; readonly broker: string; readonly queue: string }
  /** The service has written this since it was started. */
  | { readonly kind: 'log'; readonly text: string };

/**
 * The order of starting and stopping: what everything leans on, what most lean on, the services, and
 * those that use other services' queues to the very end. Stopped from the last to the first.
 */
export const stage = { ground: 0, broker: 1, service: 2, host: 3 } as const;

/** A process that we start, described. */
export interface Service {
  /** Unique; names its log file, its record and its step. */
  readonly name: string;
  /** Shown to the user. */
  readonly title: string;
  /** Steps that must have been done before it can start. */
  readonly after: readonly string[];
  readonly stage: number;
  /** Absolute path of the executable, then its arguments. */
  readonly command: readonly [string, ...string[]];
  /** Added to what every service gets. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Configuration files that it reads at start: when one has changed, it is started anew. */
  readonly configFiles?: readonly string[];
  /** Folders with our own code that it runs: likewise. */
  readonly code?: readonly string[];
  /** Folders that must exist. */
  readonly folders?: readonly string[];
  readonly ports?: readonly number[];
  readonly ready: Probe;
  readonly stopSignal?: 'SIGTERM' | 'SIGINT' | 'SIGQUIT';
  /** How long it may take to end before it is killed, milliseconds; 8 seconds unless told. */
  readonly graceMs?: number;
}

/** A service of any deployment. */
export type ServiceFactory = (deployment: Deployment) => Service;
