import type { Entity, VirtualIOServer } from '@openstack-powervm/rest';

/** A Virtual I/O Server as far as its readiness goes. */
export interface ViosFacts {
  /** UUID as the server writes it. */
  readonly id: string;
  readonly name: string;
  readonly partitionId: number;
  /** lower case */
  readonly state: string;
  /** lower case */
  readonly rmcState: string;
  /** The NovaLink partition hosts I/O itself. */
  readonly isManagement: boolean;
  /** seconds; undefined where the server does not say */
  readonly uptime: number | undefined;
  /** It can back virtual NICs. */
  readonly vnicCapable: boolean;
  /** It can be one of several that back a virtual NIC. */
  readonly vnicFailoverCapable: boolean;
}

export function viosFactsOf({ id, value }: Entity<typeof VirtualIOServer>): ViosFacts {
  return {
    id,
    name: value.partitionName ?? id,
    partitionId: value.partitionID ?? 0,
    state: (value.partitionState ?? 'unknown').toLowerCase(),
    rmcState: (value.resourceMonitoringControlState ?? 'unknown').toLowerCase(),
    isManagement: value.isManagementPartition ?? false,
    uptime: value.uptime,
    vnicCapable: value.isVNICCapable ?? false,
    vnicFailoverCapable: value.vnicFailOverCapable ?? false,
  };
}

/** TX-3: running, and reachable; busy recovers by itself, the management VIOS needs no RMC. */
export function isActiveVios({ state, rmcState, isManagement }: ViosFacts): boolean {
  return state === 'running' && (isManagement || rmcState === 'active' || rmcState === 'busy');
}

/** INIT-4: states in which waiting makes no sense. */
const down: ReadonlySet<string> = new Set([
  'not activated',
  'error',
  'suspended',
  'suspending',
  'shutting down',
  'not available',
  'unknown',
]);

/** True for a VIOS that is powered on but not reachable yet (INIT-4). */
export function isComing(vios: ViosFacts): boolean {
  return (
    !down.has(vios.state) && !vios.isManagement && vios.rmcState !== 'active' && vios.rmcState !== 'busy'
  );
}

/** Seconds to wait for VIOSes: longer while one of those without RMC has booted within the last hour (INIT-4). */
export function waitLimitSeconds(vioses: readonly ViosFacts[]): number {
  const bootedLately = vioses.filter(isComing).some(({ uptime }) => (uptime ?? 0) <= 3600);
  return bootedLately ? 600 : 120;
}
