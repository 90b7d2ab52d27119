import type { Endpoint } from '@openstack-powervm/oslo';

/** The topic on which neutron-server tells agents about deleted networks. */
export const NETWORK_DELETE_TOPIC = 'q-agent-notifier-network-delete';

/** Serves the message that a network was deleted, which goes to all hosts (neutron/plugins/ml2/rpc.py). */
export function networkDeleteEndpoint(onDelete: (networkId: string) => void): Endpoint {
  return {
    version: '1.1',
    methods: {
      network_delete: ({ network_id: networkId }) => {
        if (typeof networkId === 'string') onDelete(networkId);
        return undefined;
      },
    },
  };
}
