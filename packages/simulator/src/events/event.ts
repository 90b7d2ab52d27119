/** Protocol reference 5.2. */
export type EventType =
  | 'NEW_CLIENT'
  | 'CACHE_CLEARED'
  | 'MISSING_EVENTS'
  | 'ADD_URI'
  | 'DELETE_URI'
  | 'MODIFY_URI'
  | 'INVALID_URI'
  | 'HIDDEN_URI'
  | 'VISIBLE_URI'
  | 'CUSTOM_CLIENT_EVENT';

export interface SimulatedEvent {
  readonly type: EventType;
  /** Increasing, about the time in milliseconds. */
  readonly id: number;
  /** A whole URI, or whatever a client injected, or ''. */
  readonly data: string;
  readonly detail: string;
}
