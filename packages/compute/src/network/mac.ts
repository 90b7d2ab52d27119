import { createHash } from 'node:crypto';

/** REST form of a MAC address: twelve upper-case digits (ID-6). Throws TypeError for anything else. */
export function restMac(address: string): string {
  const digits = address.replace(/[:-]/g, '').toUpperCase();
  if (!/^[0-9A-F]{12}$/.test(digits)) throw new TypeError(`"${address}" is not a MAC address`);
  return digits;
}

/** Neutron form of a MAC address: lower case with colons (ID-6). */
export function neutronMac(address: string): string {
  return (restMac(address).match(/../g) ?? []).join(':').toLowerCase();
}

/**
 * The MAC address of an instance's management interface, in Neutron form: locally administered, unicast, and always
 * the same for the same instance, because cloud-init does not rewrite the network configuration of a rebuilt guest
 * (MGT-2, RBLD-2).
 */
export function managementMac(instanceUuid: string): string {
  const digest = createHash('sha256').update(`management interface ${instanceUuid.toLowerCase()}`).digest();
  const bytes = [...digest.subarray(0, 6)];
  bytes[0] = ((bytes[0] ?? 0) & 0xfc) | 0x02;
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

/** The link-local IPv6 address that EUI-64 derives from a MAC address: bit 1 flipped, ff:fe in the middle (CD-6). */
export function linkLocalAddress(mac: string): string {
  const digits = restMac(mac).toLowerCase();
  const first = Number.parseInt(digits.slice(0, 2), 16) ^ 2;
  const eui64 = `${first.toString(16).padStart(2, '0')}${digits.slice(2, 6)}fffe${digits.slice(6)}`;
  const groups = (eui64.match(/.{4}/g) ?? []).map((group) => Number.parseInt(group, 16).toString(16));
  return `fe80::${groups.join(':')}`;
}
