import { Connection } from 'rabbitmq-client';

/** How long the broker may take to accept a connection, milliseconds. */
const connectLimitMs = 5_000;

/**
 * Whether somebody takes messages from a queue. A service of OpenStack that does is ready: what is sent
 * to it earlier is lost, and the sender waits for an answer until its time is over.
 */
export async function hasConsumer(broker: string, queue: string): Promise<boolean> {
  const connection = new Connection({ url: broker, connectionTimeout: connectLimitMs, retryHigh: 1_000 });
  connection.on('error', () => undefined); // the answer is "not yet"; the next attempt connects anew
  try {
    await connection.onConnect(connectLimitMs);
    return ((await connection.queueDeclare({ queue, passive: true })).consumerCount ?? 0) > 0;
  } catch {
    return false; // no broker yet, or no such queue
  } finally {
    await connection.close().catch(() => undefined);
  }
}
