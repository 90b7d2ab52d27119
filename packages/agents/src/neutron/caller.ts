import type { CastOptions, Json, JsonObject } from '@openstack-powervm/oslo';

/** The part of an RpcClient that the agents use. */
export interface Caller {
  call(topic: string, method: string, args: JsonObject, options: CastOptions): Promise<Json>;
}
