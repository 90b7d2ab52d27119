import { type Channel, channel } from 'node:diagnostics_channel';
import type { ResynchroniseReason } from '../events/event.js';

/** One attempt on the wire has ended. */
export interface RequestObservation {
  readonly origin: string;
  readonly method: string;
  readonly path: string;
  /** Absent when no answer came. */
  readonly status?: number | undefined;
  readonly durationMs: number;
  /** Bytes of the answer; absent for a streamed one. */
  readonly bytes?: number | undefined;
  /** The code of the error the attempt ended with, if it did. */
  readonly error?: string | undefined;
}

/** A request is about to be sent again. */
export interface RetryObservation {
  readonly origin: string;
  readonly method: string;
  readonly path: string;
  readonly reason: 'busy' | 'connection-lost' | 'etag-mismatch' | 'new-token';
  /** 1 for the first repetition. */
  readonly repetition: number;
  readonly delayMs: number;
}

/** A step in the life of a session. */
export interface SessionObservation {
  readonly origin: string;
  readonly step:
    | 'logon'
    | 'logon-failed'
    | 'relogon'
    | 'relogon-failed'
    | 'logoff'
    | 'logoff-failed'
    | 'plain-http';
  readonly console?: string | undefined;
  /** The error's code. */
  readonly error?: string | undefined;
  /** The error's sentence. */
  readonly reason?: string | undefined;
}

/** A batch of a group commit has ended. */
export interface CommitObservation {
  readonly origin: string;
  readonly path: string;
  /** Edits in the batch, and how many of them changed something. */
  readonly edits: number;
  readonly changes: number;
  /** Fresh reads it took: 1 unless others changed the object meanwhile. */
  readonly reads: number;
  readonly outcome: 'written' | 'unchanged' | 'split' | 'failed';
  readonly error?: string | undefined;
}

/** A job was submitted, seen in a new state, or let go. */
export interface JobObservation {
  readonly origin: string;
  readonly id: string;
  readonly operation: string;
  readonly step: 'submitted' | 'status' | 'cancel-asked' | 'deleted' | 'left-behind';
  readonly status?: string | undefined;
  readonly error?: string | undefined;
}

/** The event poll got an answer or lost the console. */
export interface EventPollObservation {
  readonly origin: string;
  readonly outcome: 'events' | 'failed';
  readonly events?: number | undefined;
  /** Why subscribers were told to read everything again, when they were. */
  readonly gap?: ResynchroniseReason | undefined;
  readonly error?: string | undefined;
}

/** A file transfer has ended, or its descriptor could not be removed. */
export interface TransferObservation {
  readonly origin: string;
  readonly name: string;
  readonly step: 'done' | 'failed' | 'left-behind';
  readonly bytes: number;
  readonly error?: string | undefined;
}

/**
 * Names of the `node:diagnostics_channel` channels, and what a subscriber receives. Nothing published holds a token,
 * a password or a body.
 */
export interface Observations {
  'powervm.rest.request': RequestObservation;
  'powervm.rest.retry': RetryObservation;
  'powervm.rest.session': SessionObservation;
  'powervm.rest.commit': CommitObservation;
  'powervm.rest.job': JobObservation;
  'powervm.rest.events': EventPollObservation;
  'powervm.rest.transfer': TransferObservation;
}

/** The channels by name; they exist once per process, as `node:diagnostics_channel` has it. */
const channels: { readonly [Name in keyof Observations]: Channel } = {
  'powervm.rest.request': channel('powervm.rest.request'),
  'powervm.rest.retry': channel('powervm.rest.retry'),
  'powervm.rest.session': channel('powervm.rest.session'),
  'powervm.rest.commit': channel('powervm.rest.commit'),
  'powervm.rest.job': channel('powervm.rest.job'),
  'powervm.rest.events': channel('powervm.rest.events'),
  'powervm.rest.transfer': channel('powervm.rest.transfer'),
};

/** Publishes; costs next to nothing while nobody listens. */
export function publish<Name extends keyof Observations>(name: Name, observation: Observations[Name]): void {
  channels[name].publish(observation);
}

/** Subscribes with the right type; the returned function unsubscribes. */
export function observe<Name extends keyof Observations>(
  name: Name,
  listener: (observation: Observations[Name]) => void,
): () => void {
  const onMessage = (message: unknown) => listener(message as Observations[Name]); // only `publish` writes here
  channels[name].subscribe(onMessage);
  return () => channels[name].unsubscribe(onMessage);
}
