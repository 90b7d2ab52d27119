import { z } from 'zod';

/**
 * The resolved options of nova.conf that the driver reads, handed over by the plug-in at the handshake
 * (requirements 9.1, 9.2). Ranges are checked here, so that a bad value stops the start with the option's name.
 *
 * The plug-in registers the same options with oslo.config: names, types, defaults, ranges and the descriptions
 * below, which operators read as help in the sample configuration, are generated from this declaration.
 */
const choice = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.preprocess((v) => (typeof v === 'string' ? v.toLowerCase() : v), z.enum(values));

export const PowerVMOptions = z.object({
  rest_endpoint: z
    .url()
    .default('http://localhost:12080')
    .describe('Where the PowerVM REST server listens. The default is the NovaLink of this machine.'),
  rest_username: z
    .string()
    .default('')
    .describe(
      'User at the PowerVM REST server. Empty: log on with the local token file of NovaLink, which needs membership in the group pvm_admin.',
    ),
  rest_password: z.string().default('').meta({ description: 'Password of rest_username.', secret: true }),
  rest_ca_certs: z
    .string()
    .default('')
    .describe(
      "PEM file of the REST server's certificate authority, or of its own certificate. Empty: the authorities of the system.",
    ),
  disk_driver: choice(['localdisk', 'ssp'])
    .default('localdisk')
    .describe(
      'Where root disks live: localdisk is a volume group of a VIOS (needs volume_group_name), ssp a Shared Storage Pool.',
    ),
  volume_group_name: z
    .string()
    .default('')
    .describe('Volume group for root disks with disk_driver = localdisk. rootvg is a bad choice.'),
  cluster_name: z
    .string()
    .default('')
    .describe('Cluster of the Shared Storage Pool with disk_driver = ssp. Empty: the only one there is.'),
  proc_units_factor: z
    .number()
    .min(0.05)
    .max(1)
    .default(0.1)
    .describe(
      'Processor units per virtual processor, for flavors that do not set powervm:proc_units themselves.',
    ),
  uncapped_proc_weight: z
    .number()
    .int()
    .min(1)
    .max(255)
    .default(64)
    .describe('Weight of a partition with uncapped shared processors.'),
  vopt_media_volume_group: z
    .string()
    .default('rootvg')
    .describe('Volume group in which the media repository is created where no VIOS has one yet.'),
  vopt_media_rep_size: z
    .number()
    .int()
    .min(1)
    .default(1)
    .describe('Size in GB of the media repository, if it has to be created.'),
  pvm_vswitch_for_novalink_io: z
    .string()
    .default('NovaLinkVEABridge')
    .describe('Virtual switch between NovaLink and the partitions, for Open vSwitch ports.'),
  ovsdb_connection: z
    .string()
    .default('')
    .describe(
      'Where the database of Open vSwitch listens on this machine, e.g. tcp:127.0.0.1:6640, for Open vSwitch ports. Empty: the default of ovs-vsctl.',
    ),
  remove_vopt_media_on_boot: z
    .boolean()
    .default(false)
    .describe('Let the platform eject the config drive after the first boot.'),
  remove_vopt_media_time: z
    .number()
    .int()
    .min(0)
    .default(60)
    .describe('Minutes after power-on at which the config drive is ejected.'),
  use_rmc_mgmt_vif: z
    .boolean()
    .default(true)
    .describe('Give each partition an adapter on the management switch, for its RMC connection.'),
  use_rmc_ipv6_scheme: z
    .boolean()
    .default(true)
    .describe("Put the management adapter's link-local IPv6 address into the config drive."),
  mkvterm_command: z
    .string()
    .min(1)
    .default('mkvterm')
    .describe("NovaLink's command that opens the terminal of a partition: name or path."),
  rmvterm_command: z
    .string()
    .min(1)
    .default('rmvterm')
    .describe("NovaLink's command that closes the terminal of a partition: name or path."),
  vnc_access: choice(['port', 'path'])
    .default('port')
    .describe(
      'How console proxies reach the terminals on [vnc] server_proxyclient_address. port: each terminal has a port of its own, while it is open. path: all share vnc_port and are chosen by a CONNECT request, which the nova-novncproxy of Nova on Python 3 sends but then fails to read the answer of.',
    ),
  vnc_port: z
    .number()
    .int()
    .min(1)
    .max(65535)
    .default(5901)
    .describe('The port that all terminals share with vnc_access = path.'),
  vnc_use_x509_auth: z
    .boolean()
    .default(false)
    .describe(
      'Let only console proxies with a client certificate reach the terminals, over TLS (VeNCrypt, x509None). Needs the three options below, and in the proxy [vnc] auth_schemes = vencrypt.',
    ),
  vnc_ca_certs: z
    .string()
    .default('')
    .describe('PEM file of the authority that signs the certificates of console proxies.'),
  vnc_server_cert: z.string().default('').describe('PEM file of the certificate shown to console proxies.'),
  vnc_server_key: z.string().default('').describe('PEM file of the key of vnc_server_cert.'),
  vios_active_wait_timeout: z
    .number()
    .int()
    .nullable()
    .default(null)
    .describe(
      'Seconds to wait at the start for the VIOSes. Unset: 120, or 600 when one of them booted within the last hour.',
    ),
});
export type PowerVMOptions = z.infer<typeof PowerVMOptions>;

/** Existing Nova options that the driver reuses (requirements 9.2), under their own names; `group.option` outside DEFAULT. */
export const NovaOptions = z.object({
  host: z.string().min(1),
  my_ip: z.string().min(1),
  /** Python format of instance names; tells Nova's partitions from hand-made ones (HOST-16). */
  instance_name_template: z.string().default('instance-%08x'),
  /** Where console proxies reach this host. */
  'vnc.server_proxyclient_address': z.string().min(1).default('127.0.0.1'),
});
export type NovaOptions = z.infer<typeof NovaOptions>;
