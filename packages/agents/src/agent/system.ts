import { type EntityOf, ManagedSystem, type Session, VirtualIOServer } from '@openstack-powervm/rest';
import { AgentError } from '../errors.js';
import { pause } from '../waiting.js';

/**
 * The one system that the REST server manages (AGT-2).
 *
 * @throws AgentError AGENT_SYSTEM for none or several
 */
export async function onlySystem(session: Session, signal: AbortSignal): Promise<string> {
  const systems = await session.list(ManagedSystem, { signal });
  const [first, ...more] = systems;
  if (first && more.length === 0) return first.id;
  const names = systems.map(({ value }) => value.systemName).join(', ') || 'none';
  throw new AgentError(
    'AGENT_SYSTEM',
    `the agent serves exactly one system, but ${session.endpoint} has ${names}`,
  );
}

const POLL_MS = 5000;
/** How long VIOSes are waited for; longer when one of them has just been started (INIT-4, protocol reference 8.14). */
const WAIT_MS = 120_000;
const WAIT_AFTER_BOOT_MS = 600_000;
const JUST_STARTED_SECONDS = 3600;

const DOWN = new Set([
  'not activated',
  'error',
  'not available',
  'shutting down',
  'suspended',
  'suspending',
  'Unknown',
]);

/**
 * Waits until every VIOS that is not down can be reached, and goes on without the others after a while.
 *
 * @throws AgentError AGENT_SYSTEM when not one VIOS is active by then
 */
export async function viosesReady(session: Session, system: string, signal: AbortSignal): Promise<void> {
  const started = performance.now();
  for (;;) {
    const all = await session.list(VirtualIOServer, { parent: { type: ManagedSystem, id: system }, signal });
    const up = all.map(({ value }) => value).filter((vios) => !DOWN.has(vios.partitionState ?? ''));
    const silent = up.filter((vios) => !isReachable(vios));
    const active = up.length > silent.length;
    if (active && silent.length === 0) return;
    const justStarted = silent.some((vios) => (vios.uptime ?? 0) <= JUST_STARTED_SECONDS);
    if (performance.now() - started > (justStarted ? WAIT_AFTER_BOOT_MS : WAIT_MS)) {
      if (active) return;
      throw new AgentError('AGENT_SYSTEM', `no VIOS is active: ${describe(all)}`);
    }
    await pause(POLL_MS, signal);
  }
}

/** Running, and its RMC connection up; the management partition needs none (TX-3). */
function isReachable(vios: VirtualIOServer): boolean {
  const rmc = vios.resourceMonitoringControlState ?? '';
  return (
    vios.partitionState === 'running' &&
    (vios.isManagementPartition === true || ['active', 'busy'].includes(rmc))
  );
}

function describe(all: readonly Pick<EntityOf<typeof VirtualIOServer.fields>, 'value'>[]): string {
  const each = all.map(
    ({ value }) =>
      `${value.partitionName} is ${value.partitionState}, RMC ${value.resourceMonitoringControlState}`,
  );
  return each.join('; ') || 'there are no VIOSes';
}
