import { z } from 'zod';
import { gigabytes, groupName, hostPartition, repository } from './vios.js';

const disk = z
  .strictObject({ name: z.string().regex(/^sd[a-z]{1,3}$/), sizeGb: gigabytes })
  .describe('A disk of the NovaLink partition: sda is /dev/sda');

const path = z.string().regex(/^(\/(?!\.+(\/|$))[\w.+-]+)+$/, 'an absolute path without a slash at its end');

const volumeGroup = z.strictObject({
  name: groupName,
  disks: z.array(disk).min(1),
  directory: path
    .optional()
    .describe('Virtual disks are files in this directory of NovaLink; without it logical volumes'),
  repository,
});

const file = z.strictObject({ path, sizeGb: gigabytes }).describe('A file that can be mapped to partitions');

const hostedIo = z.strictObject({
  volumeGroups: z.array(volumeGroup).default([]),
  freeDisks: z.array(disk).default([]).describe('Disks in no volume group, free for mapping'),
  files: z.array(file).default([]),
});

/** The management partition. Most leave I/O to Virtual I/O Servers, some are one themselves. */
export const novalink = hostPartition.extend({
  rmc: hostPartition.shape.rmc
    .removeDefault()
    .optional()
    .describe('active unless it hosts I/O: the captured one that does has no RMC connection'),
  hostedIo: hostedIo
    .optional()
    .describe('NovaLink serves storage to partitions itself: it is listed as a Virtual I/O Server'),
});

/** An image of a Ceph cluster. */
export const rbdImage = z.strictObject({
  name: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/, 'pool/image'),
  sizeGb: gigabytes,
  user: z.string().min(1).optional().describe('The only Ceph user who may open it'),
});
