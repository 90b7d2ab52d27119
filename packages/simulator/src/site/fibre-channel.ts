import { z } from 'zod';

export const wwpn = z
  .string()
  .regex(/^[0-9A-Fa-f]{16}$/, '16 hexadecimal digits')
  .transform((text) => text.toLowerCase());

/** A physical Fibre Channel port of a VIOS. */
export const fibreChannelPort = z.strictObject({
  fabric: z.string().min(1),
  wwpn: wwpn.optional(),
  virtualPorts: z.int().min(0).max(255).default(64).describe('Virtual ports that it carries; 0 = no NPIV'),
});

const lun = z.strictObject({
  id: z.int().min(0).max(16_383),
  sizeGb: z.number().positive(),
  initiators: z
    .array(wwpn)
    .optional()
    .describe('WWPNs that may see it; without a list every initiator that is zoned to the array'),
});

/** A disk array on one or more fabrics. */
export const storageArray = z.strictObject({
  name: z.string().min(1).max(63),
  ports: z.array(z.strictObject({ fabric: z.string().min(1), wwpn: wwpn.optional() })).min(1),
  luns: z.array(lun).default([]),
});

export type SiteFibreChannelPort = z.infer<typeof fibreChannelPort>;
export type SiteStorageArray = z.infer<typeof storageArray>;
