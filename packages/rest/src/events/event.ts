import type { Event } from '../resources/index.js';
import { pathOfHref } from '../wire/paths.js';

/** Why everything has to be read again. */
export type ResynchroniseReason =
  /** The stream begins: the console queues events from now on. */
  | 'subscribed'
  /** The console does not know this session's queue any more; it was restarted. */
  | 'new-client'
  /** The console says so: CACHE_CLEARED and MISSING_EVENTS. */
  | 'cache-cleared'
  | 'missing-events'
  /** The console could not be asked for a while; what it said meanwhile may be lost. */
  | 'poll-failed'
  /** This subscriber did not keep up. */
  | 'overflow';

/** Something happened on the console. An event tells *that* an object changed, never its new state. */
export interface PowerVMEvent {
  /**
   * `add`, `delete` and `modify` are about the object at `uri`; `custom` was injected by a client; `resynchronise`
   * means that events were missed, so whatever was concluded from events has to be read again.
   */
  readonly kind: 'add' | 'delete' | 'modify' | 'custom' | 'resynchronise';
  /** Only for `resynchronise`. */
  readonly reason?: ResynchroniseReason | undefined;
  /** Path of the object, without authority and query; consoles use the CHILD form (protocol reference 5.2). */
  readonly uri?: string | undefined;
  /** What changed, such as `PartitionState` or `VirtualSCSIMappings`; empty when unknown, and for `custom`. */
  readonly detail: readonly string[];
  /** EventData as it was sent. */
  readonly data?: string | undefined;
  /** EventDetail as it was sent; for `custom` often JSON. */
  readonly rawDetail?: string | undefined;
}

const kinds: Readonly<Record<string, PowerVMEvent['kind']>> = {
  ADD_URI: 'add',
  DELETE_URI: 'delete',
  MODIFY_URI: 'modify',
  INVALID_URI: 'modify',
  HIDDEN_URI: 'modify',
  VISIBLE_URI: 'modify',
  CUSTOM_CLIENT_EVENT: 'custom',
};

const reasons: Readonly<Record<string, ResynchroniseReason>> = {
  NEW_CLIENT: 'new-client',
  CACHE_CLEARED: 'cache-cleared',
  MISSING_EVENTS: 'missing-events',
};

/** Reads an Event (protocol reference 5.2). Types nobody knows count as changes of the object they name, if any. */
export function toEvent(event: Event): PowerVMEvent | undefined {
  const reason = reasons[event.eventType ?? ''];
  if (reason) return resynchronise(reason);
  const data = event.eventData || undefined;
  const rawDetail = event.eventDetail || undefined;
  const kind = kinds[event.eventType ?? ''] ?? 'modify';
  if (kind === 'custom') return { kind, detail: [], data, rawDetail };
  if (data === undefined) return undefined;
  return { kind, uri: pathOfHref(data), detail: tokensOf(rawDetail), data, rawDetail };
}

export function resynchronise(reason: ResynchroniseReason): PowerVMEvent {
  return { kind: 'resynchronise', reason, detail: [] };
}

function tokensOf(detail = ''): string[] {
  return detail
    .split(',')
    .map((token) => token.trim())
    .filter((token) => token !== '');
}
