import { createHash } from 'node:crypto';
import type { Random } from './random.js';

/**
 * UUID of a partition or VIOS: upper case, first digit 0 to 7 (protocol reference 2.6: the top bit is clear and
 * clients reject others).
 */
export function partitionUuid(random: Random): string {
  const hex = random.hex(32);
  const first = (Number.parseInt(hex.slice(0, 1), 16) & 7).toString(16);
  return dashed(`${first}${hex.slice(1, 12)}4${hex.slice(13, 16)}8${hex.slice(17)}`).toUpperCase();
}

/** UUID of everything else: lower case, name-based, third group starting with 3 (protocol reference 2.6). */
export function nameUuid(name: string): string {
  const hex = createHash('md5').update(name).digest('hex');
  return dashed(`${hex.slice(0, 12)}3${hex.slice(13, 16)}${variantDigit(hex)}${hex.slice(17)}`);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isUuid = (text: string): boolean => UUID.test(text);

/** May a client choose this UUID for a partition? Protocol reference 2.6: the first digit must be 0 to 7. */
export const isPartitionUuid = (text: string): boolean => isUuid(text) && /^[0-7]/.test(text);

/** The UUID that ends a reference's path, in the case it was written. */
export function uuidOfReference(href: string): string | undefined {
  const last = href.replace(/\?.*$/, '').replace(/\/+$/, '').split('/').at(-1) ?? '';
  return isUuid(last) ? last : undefined;
}

/** A locally administered unicast MAC address: 12 upper-case hex digits (protocol reference 2.7). */
export function macAddress(random: Random): string {
  const first = (random.integer(0, 255) & 0xfc) | 0x02;
  return `${first.toString(16).padStart(2, '0')}${random.hex(10)}`.toUpperCase();
}

function dashed(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function variantDigit(hex: string): string {
  return ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
}
