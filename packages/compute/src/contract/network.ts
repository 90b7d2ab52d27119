import { z } from 'zod';

/** One network interface of Nova's network information model, as the driver needs it. */
export const Vif = z.object({
  /** Neutron port id. */
  id: z.string(),
  /** Neutron form: lower case with colons. */
  address: z.string(),
  /** `pvm_sea`, `ovs`, `pvm_sriov`; null when binding has not happened (VIF-1). */
  type: z.string().nullable(),
  vnicType: z.string().nullable(),
  devname: z.string().nullable(),
  ovsInterfaceId: z.string().nullable(),
  /** False until Neutron has reported the port wired. */
  active: z.boolean(),
  details: z.record(z.string(), z.unknown()),
  profile: z.record(z.string(), z.unknown()),
  network: z.object({
    id: z.string().nullable(),
    label: z.string().nullable(),
    bridge: z.string().nullable(),
    /** `vlan`, `mtu`, `physical_network`, … */
    meta: z.record(z.string(), z.unknown()),
  }),
});
export type Vif = z.infer<typeof Vif>;
