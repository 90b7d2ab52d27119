import { z } from 'zod';
import { fibreChannelPort } from './fibre-channel.js';

export const partitionName = z.string().min(1).max(31);
export const gigabytes = z.number().positive();
export const groupName = z.string().min(1).max(15);

const disk = z
  .strictObject({ name: z.string().regex(/^hdisk\d+$/), sizeGb: gigabytes })
  .describe('A physical volume of a VIOS');

export const repository = z
  .strictObject({ name: z.string(), sizeGb: gigabytes })
  .optional()
  .describe('Virtual media repository; a VIOS has at most one');

const volumeGroup = z.strictObject({ name: groupName, disks: z.array(disk).min(1), repository });

const processors = z.strictObject({
  virtual: z.int().positive(),
  units: z.number().positive(),
});

/** What a NovaLink partition and a VIOS have in common. */
export const hostPartition = z.strictObject({
  name: partitionName,
  memoryMb: z.int().positive(),
  processors,
  state: z.enum(['running', 'not activated']).default('running'),
  rmc: z.enum(['active', 'inactive', 'busy']).default('active'),
});

export const vios = hostPartition.extend({
  maxVirtualSlots: z.int().min(2).max(32767).default(1000),
  volumeGroups: z.array(volumeGroup).default([]),
  freeDisks: z.array(disk).default([]).describe('Physical volumes in no volume group, free for mapping'),
  ethernetDevices: z.int().min(0).max(64).default(4).describe('How many physical Ethernet ports it owns'),
  ipAddress: z.ipv4().optional(),
  fibreChannel: z.array(fibreChannelPort).default([]).describe('Physical Fibre Channel ports'),
});
