import { z } from 'zod';

const iqn = z
  .string()
  .regex(/^iqn\.\d{4}-\d{2}\.\S+$/, 'an iSCSI qualified name, iqn.2026-11.example:target');

const lun = z.strictObject({ id: z.int().min(0).max(16_383), sizeGb: z.number().positive() });

/** An iSCSI target that every VIOS reaches over its network. */
export const iscsiTarget = z.strictObject({
  iqn,
  portal: z.string().regex(/^[^\s:]+:\d{1,5}$/, 'address and port, 192.168.30.1:3260'),
  chap: z.strictObject({ user: z.string().min(1), password: z.string().min(1) }).optional(),
  initiators: z.array(iqn).optional().describe('Who may log in; without a list everyone'),
  luns: z.array(lun).default([]),
});

export type SiteIscsiTarget = z.infer<typeof iscsiTarget>;
