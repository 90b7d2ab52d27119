import { childElements, type XmlElement } from '@openstack-powervm/atom';
import {
  ElementsField,
  type ElementType,
  type Field,
  type Fields,
  ListField,
  NestedField,
} from '@openstack-powervm/rest';
import type { Behaviour } from '../world/behaviour.js';
import { invalid } from '../world/refusal.js';

export const documentBehaviours: readonly Behaviour[] = [
  {
    id: 'document.order',
    does: 'children of posted elements must be known and in schema order; deviations that captures or clients show are accepted',
    evidence: 'protocol reference 2.8; which ones a server really refuses is assumed',
  },
  {
    id: 'document.attributes',
    does: 'kb, kxe, ksv, group and schemaVersion are ignored on input',
    evidence: 'protocol reference 2.4 and checklist item 5',
  },
];

/** Elements that may stand anywhere: the wire and the client's table disagree about them (protocol reference 2.8). */
const anywhere: Readonly<Record<string, readonly string[]>> = {
  SharedEthernetAdapter: ['TrunkAdapters', 'IsPrimary', 'IPInterface'],
  ClientNetworkAdapter: [
    'VirtualStationInterfaceManagerID',
    'VirtualStationInterfaceTypeID',
    'VirtualStationInterfaceTypeVersion',
  ],
  VirtualSCSIMapping: ['TargetDevice'],
  VirtualFibreChannelMapping: ['Port'],
  VirtualIOServer: ['IsManagementPartition', 'ManagerPassthroughCapable'],
  LogicalPartition: ['PartitionNVRAM', 'Uptime', 'KeyStoreSize'],
};

/** Throws a `Refusal` (400) that names the first element which is unknown or out of place. */
export function checkChildren(type: ElementType<Fields>, element: XmlElement, path: string): void {
  const fields = fieldsByName(type);
  const free = anywhere[type.name] ?? [];
  let last = { rank: -1, name: 'Metadata' };
  for (const child of childElements(element)) {
    if (child.local === 'Metadata') continue;
    const field = fields.get(child.local);
    const rank = type.order.get(child.local);
    if (field === undefined || rank === undefined || child.namespace !== element.namespace) {
      throw invalid(`${path} has an unexpected element ${child.local}.`);
    }
    if (!free.includes(child.local)) {
      if (rank < last.rank) throw invalid(`${path}: ${child.local} must come before ${last.name}.`);
      last = { rank, name: child.local };
    }
    checkContent(field, child, `${path}/${child.local}`);
  }
}

function checkContent(field: Field<unknown, unknown>, element: XmlElement, path: string): void {
  if (field instanceof NestedField || field instanceof ElementsField)
    checkChildren(field.type, element, path);
  if (!(field instanceof ListField)) return;
  for (const item of childElements(element)) {
    if (item.local === 'Metadata') continue;
    if (item.local !== field.type.name) throw invalid(`${path} has an unexpected element ${item.local}.`);
    checkChildren(field.type, item, `${path}/${item.local}`);
  }
}

const cache = new WeakMap<object, ReadonlyMap<string, Field<unknown, unknown>>>();

function fieldsByName(type: ElementType<Fields>): ReadonlyMap<string, Field<unknown, unknown>> {
  const known = cache.get(type);
  if (known !== undefined) return known;
  const made = new Map(Object.values(type.fields).map((field) => [field.wire, field]));
  cache.set(type, made);
  return made;
}
