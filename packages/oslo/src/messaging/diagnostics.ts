import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';

/** What happens on the message bus. Published on the channel
 * `openstack-powervm.oslo.messaging`. */
export type MessagingEvent =
  | { readonly kind: 'connected'; readonly connection: string }
  | { readonly kind: 'lost'; readonly connection: string; readonly reason: string }
  /** The broker holds messages back because it is short of memory or disk. */
  | { readonly kind: 'blocked'; readonly connection: string; readonly reason: string }
  | { readonly kind: 'unblocked'; readonly connection: string }
  /** A queue is consumed, for the first time or again. */
  | { readonly kind: 'consuming'; readonly queue: string }
  /** A queue was deleted or its channel broke; it is declared again. */
  | { readonly kind: 'consumer-lost'; readonly queue: string; readonly reason: string }
  | { readonly kind: 'sent'; readonly method: string; readonly topic: string; readonly bytes: number }
  | {
      readonly kind: 'answered';
      readonly method: string;
      readonly topic: string;
      readonly milliseconds: number;
    }
  /** A message that could not be read, or a handler that failed where nobody waits for an answer. */
  | { readonly kind: 'dropped'; readonly queue: string; readonly reason: string };

const CHANNEL = 'openstack-powervm.oslo.messaging';
const messaging = channel(CHANNEL);

/** Calls the listener for every event of every broker in this process; returns how to stop that. */
export function observeMessaging(listener: (event: MessagingEvent) => void): () => void {
  // Only `report` publishes on this channel.
  const receive = (event: unknown): void => listener(event as MessagingEvent);
  subscribe(CHANNEL, receive);
  return () => unsubscribe(CHANNEL, receive);
}

export function report(event: MessagingEvent): void {
  if (messaging.hasSubscribers) messaging.publish(event);
}
