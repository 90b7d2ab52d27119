import { type Endpoint, isJsonObject, type Json, type JsonObject } from '@openstack-powervm/oslo';
import type { Log } from '../log.js';
import type { PlugQueue } from './plug-request.js';
import type { WiredPorts } from './wired-ports.js';

/** The topic on which neutron-server tells agents about changed ports. */
export const PORT_UPDATE_TOPIC = 'q-agent-notifier-port-update';

/** Where a changed port of this host is. */
export interface PortSegment {
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
 * bound here. A port that was switched on or off is marked anew.
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
  const { id, admin_state_up: adminStateUp } = port;
  log.debug('port update', { port: id, physicalNetwork, vlan });
  onUpdate({ physicalNetwork, vlan });
  const wired = ports.byPort(String(id));
  if (wired && wired.adminStateUp !== adminStateUp) queue.add(wired.request);
}
