import { type ClientNetworkAdapter, type Entity, type Init, uuidOf } from '@openstack-powervm/rest';

/** NovaLink's end of a point-to-point connection to one client adapter. */
export type TrunkEntity = Entity<typeof ClientNetworkAdapter>;

/** What NovaLink makes of a trunk: a network device, and a port on an Open vSwitch bridge (OVS-2). */
export interface TrunkAttributes {
  readonly deviceName: string;
  /** bytes */
  readonly mtu?: number | undefined;
  readonly openVSwitch?: { readonly bridge: string; readonly externalIds: ReadonlyMap<string, string> };
}

/** The elements of a trunk document (capture cna_feed.txt). External ids go with a bridge only. */
export function attributeFields({
  deviceName,
  mtu,
  openVSwitch,
}: TrunkAttributes): Init<typeof ClientNetworkAdapter> {
  return {
    deviceName,
    ...(mtu !== undefined && { configuredMTU: mtu }),
    ...(openVSwitch && {
      ovsBridge: openVSwitch.bridge,
      ovsPortExternalIds: [...openVSwitch.externalIds].map(([key, value]) => `${key}=${value}`).join(','),
    }),
  };
}

/** The id by which the Neutron agent knows the trunk's port; undefined for a trunk without Open vSwitch. */
export function interfaceIdOf({ value }: TrunkEntity): string | undefined {
  return /(?:^|,)iface-id=(?<id>[^,]*)/.exec(value.ovsPortExternalIds ?? '')?.groups?.['id'];
}

/** An adapter with a trunk priority is a trunk (protocol reference 3.9). */
export function isTrunkOf({ value }: TrunkEntity, switchUuid: string): boolean {
  return value.trunkPriority !== undefined && isOnSwitch(value, switchUuid);
}

export function isOnSwitch(
  { associatedVirtualSwitch: [href] }: { readonly associatedVirtualSwitch: readonly string[] },
  switchUuid: string,
): boolean {
  return href !== undefined && uuidOf(href)?.toUpperCase() === switchUuid.toUpperCase();
}
