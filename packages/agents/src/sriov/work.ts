import type { JsonObject } from '@openstack-powervm/oslo';
import type { PowerVMEvent, Session } from '@openstack-powervm/rest';
import type { AgentWork } from '../agent/agent-loop.js';
import type { PlugQueue } from '../agent/plug-queue.js';
import type { PlugRequest, PortRequest } from '../agent/plug-request.js';
import {
  byAction,
  type KnownRequest,
  type Mark,
  type PortStatus,
  readyMark,
  sortRequests,
} from '../agent/port-status.js';
import type { WiredPorts } from '../agent/wired-ports.js';
import { type Log, textOfError } from '../log.js';
import { Serial } from '../waiting.js';
import type { SriovAgentOptions } from './options.js';
import type { PhysicalPorts } from './physical-ports.js';
import { listVnics } from './vnic-inventory.js';

/** Part of the detail of events about changed SR-IOV ports, such as a new label (EVR-5). */
const PORT_CHANGED = 'SRIOVPhysicalPort.ConfigChange';

export interface SriovWorkOptions {
  readonly session: Session;
  /** UUID of the managed system. */
  readonly system: string;
  readonly physicalPorts: PhysicalPorts;
  readonly status: PortStatus;
  readonly ports: WiredPorts;
  readonly queue: PlugQueue;
  readonly options: Pick<SriovAgentOptions, 'redundancy' | 'capacity'>;
  readonly log: Log;
  /** Neutron should hear at once (SRA-1). */
  readonly onMappingChanged: () => void;
}

/** What the SR-IOV agent does about ports. */
export class SriovWork implements AgentWork {
  readonly #options: SriovWorkOptions;
  readonly #refreshes = new Serial();
  #refreshWaits = false;

  constructor(options: SriovWorkOptions) {
    this.#options = options;
  }

  /**
   * The virtual NIC is there when its event comes, and there is nothing else to do (EVR-6, EVR-7). Nor is there
   * before a live migration: the platform makes the backing devices (SRV-8).
   */
  async handle(requests: readonly PortRequest[], signal: AbortSignal): Promise<PortRequest[]> {
    const { status } = this.#options;
    const { prepare, others } = sortRequests(requests);
    const { found, again } = await status.lookUp(others, signal);
    const { plug, unplug } = byAction(found);
    const marks = [...plug.map((known) => this.#wired(known)), ...prepare.map(readyMark)];
    return [...again, ...(await status.unplugged(unplug, signal)), ...(await status.mark(marks, signal))];
  }

  /** SRA-3. */
  async heal(signal: AbortSignal): Promise<PlugRequest[]> {
    const { queue, ports, log } = this.#options;
    const started = performance.now();
    await this.#refresh(signal);
    const requests = await this.everyPort(signal);
    queue.addOlder(await this.handle(requests, signal));
    const seconds = (performance.now() - started) / 1000;
    log.info('healed', { vnics: requests.length, ports: ports.count, seconds: Number(seconds.toFixed(1)) });
    return requests;
  }

  async everyPort(signal: AbortSignal): Promise<PlugRequest[]> {
    const { session, system, ports } = this.#options;
    const earlier = [...ports];
    const requests = await listVnics(session, system, signal);
    ports.keepOnly(requests, earlier);
    return requests;
  }

  onEvent({ detail }: PowerVMEvent, signal: AbortSignal): void {
    if (detail.some((token) => token.includes(PORT_CHANGED))) this.refreshSoon(signal);
  }

  /** SRA-1, SRA-2: what the mechanism driver puts into a port's binding. */
  configurations(): JsonObject {
    const { physicalPorts, options, ports } = this.#options;
    return {
      bridge_mappings: { ...physicalPorts.mapping },
      devices: ports.count,
      default_redundancy: options.redundancy,
      default_capacity: options.capacity,
    };
  }

  /** Reads the labels again, once for all that ask meanwhile (AGT-5, EVR-5). */
  refreshSoon(signal: AbortSignal): void {
    if (this.#refreshWaits) return;
    this.#refreshWaits = true;
    this.#refresh(signal).catch((error: unknown) => {
      if (signal.aborted) return;
      this.#options.log.warn('labels of SR-IOV ports could not be read; the next healing tries again', {
        reason: textOfError(error),
      });
    });
  }

  #refresh(signal: AbortSignal): Promise<void> {
    const { physicalPorts, log, onMappingChanged } = this.#options;
    return this.#refreshes.run(async () => {
      this.#refreshWaits = false;
      if (!(await physicalPorts.refresh(signal))) return;
      log.info('SR-IOV ports by physical network have changed', physicalPorts.mapping);
      onMappingChanged();
    });
  }

  /** A port that is switched off stays down. */
  #wired({ request, details }: KnownRequest): Mark {
    const { device, portId, adminStateUp } = details;
    const told = (): void => this.#options.ports.set({ request, portId, adminStateUp });
    return { request, device, up: adminStateUp, told };
  }
}
