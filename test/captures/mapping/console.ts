import {
  Event,
  File,
  HttpErrorResponse,
  JobResponse,
  ManagedSystemPcmPreference,
  ManagementConsole,
  ManagementConsoleNetworkInterface,
  PowerEnterprisePool,
  PowerEnterprisePoolManagementConsole,
  PowerEnterprisePoolMember,
} from '@openstack-powervm/rest';
import { type ClassMapping, mapped, mappedEnvelope, mappedResource } from './table.js';

/** A date as the other client encodes it, which adds the zone's offset instead of subtracting it (protocol reference 3.24). */
const wrongOffset =
  'the other client adds the offset of the zone instead of subtracting it (protocol reference 3.24)';

const metrics = mappedEnvelope(
  {
    category: (e) => e.category,
    id: (e) => e.id,
    link: (e) => e.links[0]?.href,
    published: (e) => e.published,
    title: (e) => e.title,
    updated: (e) => e.updated,
  },
  { published_datetime: wrongOffset, updated_datetime: wrongOffset },
);

export const consoleMappings: Readonly<Record<string, ClassMapping>> = {
  'event.Event': mappedResource(Event, {
    data: (e) => e.eventData,
    detail: (e) => e.eventDetail,
    eid: (e) => e.eventID?.toString(),
    etype: (e) => e.eventType,
  }),
  'vios_file.File': mappedResource(File, {
    asset_file: (f) => f.assetFile,
    current_file_size: (f) => f.currentFileSizeInBytes,
    date_modified: (f) => f.dateModified?.toString(),
    enum_type: (f) => f.fileEnumType,
    expected_file_size: (f) => f.expectedFileSizeInBytes,
    file_name: (f) => f.filename,
    file_uuid: (f) => f.fileUUID,
    internet_media_type: (f) => f.internetMediaType,
    tdev_udid: (f) => f.targetDeviceUniqueDeviceID,
    vios_uuid: (f) => f.targetVirtualIOServerUUID,
  }),
  'http_error.HttpError': mappedResource(HttpErrorResponse, {
    message: (e) => e.message,
    reason_code: (e) => e.reasonCode,
    status: (e) => e.httpStatus,
  }),
  'job.Job': mappedResource(JobResponse, {
    job_id: (j) => j.jobID?.toString(),
    job_status: (j) => j.status,
  }),
  'management_console.ManagementConsole': mappedResource(ManagementConsole, {
    mtms: (c) => c.machineTypeModelAndSerialNumber,
    name: (c) => c.managementConsoleName,
    ssh_authorized_keys: (c) => c.authorizedKeys?.authorizedKey ?? [],
    ssh_public_key: (c) => c.publicSSHKey,
    network_interfaces: (c) => c,
  }),
  // The other client has a class for the wrapper and shows one interface; we have a list.
  'management_console.NetworkInterfaces': mapped(ManagementConsole, {
    console_interface: (c) => c.networkInterfaces.at(0),
    uuid: () => undefined,
  }),
  'management_console.ConsoleNetworkInterfaces': mapped(ManagementConsoleNetworkInterface, {
    address: (i) => i.networkAddress,
    name: (i) => i.interfaceName,
  }),
  'monitor.PcmPref': mappedResource(ManagedSystemPcmPreference, {
    aggregation_enabled: (p) => p.aggregationEnabled ?? false,
    compute_ltm_enabled: (p) => p.computeLTMEnabled ?? false,
    ltm_enabled: (p) => p.longTermMonitorEnabled ?? false,
    stm_enabled: (p) => p.shortTermMonitorEnabled ?? false,
    system_name: (p) => p.systemName,
  }),
  'monitor.LTMMetrics': metrics,
  'monitor.STMMetrics': metrics,
  'enterprise_pool.Pool': mappedResource(PowerEnterprisePool, {
    avail_mobile_mem: (p) => p.availableMobileCoDMemory,
    avail_mobile_procs: (p) => p.availableMobileCoDProcUnits,
    compliance_hours_left: (p) => p.complianceRemainingHours ?? 0,
    compliance_state: (p) => p.complianceState,
    // A number for the other client; "0328" on the wire.
    id: (p) => Number(p.poolID),
    master_console_mtms: (p) =>
      p.powerEnterprisePoolManagementConsoles.find((each) => each.isMasterConsole === true)
        ?.managementConsoleMachineTypeModelSerialNumber,
    mgmt_consoles: (p) => p.powerEnterprisePoolManagementConsoles,
    name: (p) => p.poolName,
    total_mobile_mem: (p) => p.totalMobileCoDMemory,
    total_mobile_procs: (p) => p.totalMobileCoDProcUnits,
    unret_mobile_mem: (p) => p.unreturnedMobileCoDMemory,
    unret_mobile_procs: (p) => p.unreturnedMobileCoDProcUnits,
  }),
  'enterprise_pool.PoolMember': mappedResource(PowerEnterprisePoolMember, {
    inactive_mem: (m) => m.inactiveMemory,
    inactive_procs: (m) => m.inactiveProcUnits,
    mem_compliance_hours_left: (m) => m.memComplianceRemainingHours ?? 0,
    mgmt_consoles: (m) => m.powerEnterprisePoolManagementConsoles,
    mobile_mem: (m) => m.mobileCoDMemory,
    mobile_procs: (m) => m.mobileCoDProcUnits,
    proc_compliance_hours_left: (m) => m.procComplianceRemainingHours ?? 0,
    sys_installed_mem: (m) => m.managedSystemInstalledMemory,
    sys_installed_procs: (m) => m.managedSystemInstalledProcUnits,
    sys_mtms: (m) => m.managedSystemMachineTypeModelSerialNumber,
    sys_name: (m) => m.managedSystemName,
    sys_state: (m) => m.managedSystemState,
    unret_mobile_mem: (m) => m.unreturnedMobileCoDMemory,
    unret_mobile_procs: (m) => m.unreturnedMobileCoDProcUnits,
  }),
  'enterprise_pool.PoolMgmtConsole': mapped(PowerEnterprisePoolManagementConsole, {
    ip_addr: (c) => c.managementConsoleIPAddress,
    is_master_console: (c) => c.isMasterConsole ?? false,
    mtms: (c) => c.managementConsoleMachineTypeModelSerialNumber,
    name: (c) => c.managementConsoleName,
  }),
};
