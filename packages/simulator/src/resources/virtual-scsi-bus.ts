import { VirtualSCSIBus as Declaration, type VirtualSCSIBus } from '@openstack-powervm/rest';
import { notFound } from '../world/refusal.js';
import { busesOf, createBus, type ScsiBus, updateBus } from '../world/scsi-bus.js';
import type { MappingRequest } from '../world/scsi-plan.js';
import type { ResourceKind, ViewContext } from './resource-kind.js';
import { readMapping, readStorage, readTarget } from './scsi-mapping-read.js';
import { mappingView } from './scsi-mapping-view.js';
import { viosOf } from './system-address.js';

/** Protocol reference 3.16; capture vscsibus_feed.txt. */
export const virtualSCSIBus: ResourceKind<ScsiBus, typeof Declaration.fields> = {
  type: Declaration,
  addresses: [
    {
      parent: 'VirtualIOServer',
      list: (console, id) => {
        const vios = viosOf(console, id);
        return vios === undefined ? undefined : busesOf(vios);
      },
    },
  ],
  identity: (bus) => ({ id: bus.uuid, createdAt: 0 }),
  view,
  create: (call, posted, parent) => {
    const vios = viosOf(call.console, parent);
    if (vios === undefined) throw notFound(`There is no VIOS ${parent}.`);
    return createBus(call.world, vios, readBus(posted));
  },
  update: (call, bus, posted) => updateBus(call.world, bus.vios, bus, readBus(posted)),
  remove: (call, bus) => updateBus(call.world, bus.vios, bus, []),
};

function view(bus: ScsiBus, context: ViewContext) {
  const views = bus.mappings.map((mapping) => mappingView(bus.vios, mapping, context));
  const [first] = views;
  return {
    associatedLogicalPartition: first?.associatedLogicalPartition,
    clientAdapter: first?.clientAdapter,
    serverAdapter: first?.serverAdapter,
    associatedMappings: views
      .filter((each) => each.storage !== undefined || each.targetDevice !== undefined)
      .map(({ storage, targetDevice }) => ({ storage, targetDevice })),
  };
}

/** The adapters of the bus with each of its mappings; a bus without any is one empty mapping. */
function readBus(posted: VirtualSCSIBus): MappingRequest[] {
  const { associatedLogicalPartition, clientAdapter, serverAdapter } = posted;
  const bus = readMapping({ associatedLogicalPartition, clientAdapter, serverAdapter });
  const mappings = posted.associatedMappings.map(({ storage, targetDevice }) => ({
    ...bus,
    storage: storage === undefined ? undefined : readStorage(storage),
    target: targetDevice === undefined ? undefined : readTarget(targetDevice),
  }));
  return mappings.length === 0 ? [bus] : mappings;
}
