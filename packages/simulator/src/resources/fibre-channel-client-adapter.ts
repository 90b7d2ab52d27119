import { VirtualFibreChannelClientAdapter as Declaration } from '@openstack-powervm/rest';
import type { FibreChannelMapping } from '../world/fibre-channel-mapping.js';
import { nameUuid } from '../world/identity.js';
import type { AnyPartition } from '../world/partition.js';
import type { VirtualIOServer } from '../world/vios.js';
import { clientChannelView, serverChannelView } from './fibre-channel-view.js';
import type { ResourceKind } from './resource-kind.js';
import { partitionOf } from './system-address.js';

interface ClientChannel {
  readonly vios: VirtualIOServer;
  readonly mapping: FibreChannelMapping;
}

/** Protocol reference 3.15; capture vfc_client_adapter_feed.txt. The partition's side of the VIOSes' mappings. */
export const fibreChannelClientAdapter: ResourceKind<ClientChannel, typeof Declaration.fields> = {
  type: Declaration,
  addresses: [
    {
      parent: 'LogicalPartition',
      list: (console, id) => {
        const partition = partitionOf(console, id);
        return partition?.kind === 'LogicalPartition' ? clientChannels(partition) : undefined;
      },
    },
  ],
  identity: (channel) => ({ id: clientChannelUuid(channel), createdAt: 0 }),
  view: ({ vios, mapping }) => {
    const { requiredAdapter: _, variedOn: __, ...client } = clientChannelView(vios, mapping) ?? {};
    return { ...client, serverAdapter: serverChannelView(vios, mapping) };
  },
};

export function clientChannels(partition: AnyPartition): ClientChannel[] {
  return [...partition.system.vioses].flatMap((vios) =>
    vios.fibreChannelMappings
      .filter((mapping) => mapping.client === partition)
      .map((mapping) => ({ vios, mapping })),
  );
}

export const clientChannelUuid = ({ vios, mapping }: ClientChannel): string =>
  nameUuid(`${vios.uuid}/vfc/${mapping.serverSlot}`);
