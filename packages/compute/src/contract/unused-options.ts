/**
 * Options of `[powervm]` that earlier PowerVM drivers knew (requirements 9.1) and that change nothing here, with the
 * reason. They may stay in nova.conf; `powervm compute check` says that they are ignored.
 */
const withoutEffect: Readonly<Record<string, string>> = {
  image_meta_local_path: 'config drives are made in private temporary folders',
  ...group('Cinder volumes are not connected by this driver', [
    ...['fc_attach_strategy', 'fc_npiv_adapter_api', 'fc_vscsi_adapter_api', 'ports_per_fabric', 'fabrics'],
    ...['vscsi_vios_connections_required', 'volume_use_multipath', 'iscsi_iface', 'rbd_user'],
  ]),
  ...group('the NVRAM of partitions is not kept outside the system', [
    ...['nvram_store', 'swift_container', 'swift_username', 'swift_user_domain_name', 'swift_password'],
    ...['swift_project_name', 'swift_project_domain_name', 'swift_auth_version', 'swift_auth_url'],
    ...['swift_cacert', 'swift_endpoint_type'],
  ]),
};

/** Options that `fabrics` named (CFG-4). */
const fabricOption = /^fabric_.+_port_wwpns$/;

/** Every option without effect with its reason; the fabrics are A and B, as in the earlier samples. */
export const unusedOptions: ReadonlyMap<string, string> = new Map([
  ...Object.entries(withoutEffect),
  ...['A', 'B'].map((fabric) => [`fabric_${fabric}_port_wwpns`, withoutEffect['fabrics'] ?? ''] as const),
]);

/** Why an option has no effect; undefined for one that nobody ever knew. */
export function reasonUnused(name: string): string | undefined {
  return unusedOptions.get(fabricOption.test(name) ? 'fabrics' : name);
}

function group(reason: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, reason]));
}
