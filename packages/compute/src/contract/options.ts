import { z } from 'zod';

/**
 * The resolved options of nova.conf that the driver reads, handed over by the plug-in at the handshake
 * (requirements 9.1, 9.2). Ranges are checked here, so that a bad value stops the start with the option's name.
 */
const choice = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.preprocess((v) => (typeof v === 'string' ? v.toLowerCase() : v), z.enum(values));

export const PowerVMOptions = z.object({
  /** Where the PowerVM REST server listens. Local NovaLink by default. */
  rest_endpoint: z.url().default('http://localhost:12080'),
  /** Empty: log on with the local token file of NovaLink (INIT-13). */
  rest_username: z.string().default(''),
  /** Secret. */
  rest_password: z.string().default(''),
  /** PEM file of the certificate authority or of the pinned certificate; empty means the system's authorities. */
  rest_ca_certs: z.string().default(''),
  disk_driver: choice(['localdisk', 'ssp']).default('localdisk'),
  volume_group_name: z.string().default(''),
  cluster_name: z.string().default(''),
  proc_units_factor: z.number().min(0.05).max(1).default(0.1),
  uncapped_proc_weight: z.number().int().min(1).max(255).default(64),
  vopt_media_volume_group: z.string().default('rootvg'),
  /** GB */
  vopt_media_rep_size: z.number().int().min(1).default(1),
  pvm_vswitch_for_novalink_io: z.string().default('NovaLinkVEABridge'),
  remove_vopt_media_on_boot: z.boolean().default(false),
  /** minutes */
  remove_vopt_media_time: z.number().int().min(0).default(60),
  use_rmc_mgmt_vif: z.boolean().default(true),
  use_rmc_ipv6_scheme: z.boolean().default(true),
  /** seconds; null: the automatic limit of INIT-4 */
  vios_active_wait_timeout: z.number().int().nullable().default(null),
});
export type PowerVMOptions = z.infer<typeof PowerVMOptions>;

/** Existing Nova options that the driver reuses (requirements 9.2). */
export const NovaOptions = z.object({
  host: z.string().min(1),
  my_ip: z.string().min(1),
});
export type NovaOptions = z.infer<typeof NovaOptions>;
