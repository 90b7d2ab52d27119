import { type Endpoint, isJsonObject, type Json, type JsonObject } from '@openstack-powervm/oslo';
import type { Log } from '../log.js';
import { restMac } from '../mac.js';
import type { PlugQueue } from './plug-queue.js';
import type { WiredPorts } from './wired-ports.js';

/** The topic on which neutron-server tells agents about changed ports. */
export const PORT_UPDATE_TOPIC = 'q-agent-notifier-port-update';

/** The network of a changed port of this host. */
export interface PortSegment {
  readonly networkId: Json | undefined;
  readonly physicalNetwork: Json | undefined;
  readonly vlan: Json | undefined;
}

export interface PortUpdateOptions {
  readonly host: string;
  readonly ports: WiredPorts;
  readonly queue: PlugQueue;
  readonly log: Log;
  /** Runs for every update of a port of this host. */
  readonly onUpdate: (segment: PortSegment) => void;
}

/**
 * What an agent serves to neutron-server (AGT-4, AGT-5). The message goes to all hosts; ours are those of the ports
 * bound here. A port that was switched on or off is marked anew, and one that changes while its request is carried out
 * is looked up again: the request may go by how the port was.
 */
export function portUpdateEndpoint(options: PortUpdateOptions): Endpoint {
  return {
    version: '1.1',
    methods: {
      port_update: (args) => {
        portUpdate(options, args);
        return undefined;
      },
    },
  };
}

function portUpdate({ host, ports, queue, log, onUpdate }: PortUpdateOptions, args: JsonObject): void {
  const { port, segmentation_id: vlan, physical_network: physicalNetwork } = args;
  if (!isJsonObject(port) || port['binding:host_id'] !== host) return;
  const { id, network_id: networkId, mac_address: mac, admin_state_up: adminStateUp } = port;
  log.debug('port update', { port: id, physicalNetwork, vlan });
  onUpdate({ networkId, physicalNetwork, vlan });
  if (typeof mac === 'string') queue.portChanged(restMac(mac));
  const wired = ports.byPort(String(id));
  if (wired && wired.adminStateUp !== adminStateUp) queue.addOlder([wired.request]);
}
