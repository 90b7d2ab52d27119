import type { ConsumerProps } from 'rabbitmq-client';
import { newId } from './envelope.js';
import type { TopologyOptions } from './options.js';

/** Queues and exchanges with the arguments that stock services declare (captures: oslo-messaging/README). */
export interface Topology {
  /** Calls and casts of one service go through this exchange, routed by topic. */
  readonly callExchange: ExchangeDeclaration;
  fanoutExchange(topic: string): ExchangeDeclaration;
  /** The queue shared by all servers of a topic, or of one host: `topic`, `topic.host`. */
  topicQueue(name: string): QueueProps;
  /** One server's own queue for what is sent to every server of a topic. */
  fanoutQueue(topic: string): QueueProps;
  /** A process's own queue for answers; bound to nothing, reached through the default exchange. */
  replyQueue(): QueueProps;
}

/** A queue with its name, how it is declared, and what it is bound to. */
export type QueueProps = ConsumerProps & { readonly queue: string };
type ExchangeDeclaration = NonNullable<ConsumerProps['exchanges']>[number];

export function topology(exchange: string, options: TopologyOptions): Topology {
  const { durable, autoDelete, quorum, transientQueueExpiryMs } = options;
  const expires = { arguments: { 'x-expires': transientQueueExpiryMs } };
  const callExchange = { exchange, type: 'topic', durable, autoDelete };
  const fanoutExchange = (topic: string): ExchangeDeclaration => ({
    exchange: `${topic}_fanout`,
    type: 'fanout',
    durable: false,
    autoDelete: true,
  });
  return {
    callExchange,
    fanoutExchange,
    topicQueue: (name) => ({
      queue: name,
      queueOptions: { durable, autoDelete, arguments: quorum ? { 'x-queue-type': 'quorum' } : {} },
      exchanges: [callExchange],
      queueBindings: [{ queue: name, exchange, routingKey: name }],
    }),
    fanoutQueue(topic) {
      const queue = `${topic}_fanout_${newId()}`;
      const declared = fanoutExchange(topic);
      return {
        queue,
        queueOptions: { durable: false, autoDelete: false, ...expires },
        exchanges: [declared],
        queueBindings: [{ queue, exchange: declared.exchange, routingKey: topic }],
      };
    },
    replyQueue: () => ({
      queue: `reply_${newId()}`,
      queueOptions: { durable: false, autoDelete: false, ...expires },
    }),
  };
}
