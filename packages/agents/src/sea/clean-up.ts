import { type Log, textOfError } from '../log.js';
import type { BridgeEditor } from '../vlan/bridge-editor.js';
import { neededVlans, unneededVlans } from './needed-vlans.js';
import type { Vif } from './vif-inventory.js';

/** Removals take about two seconds each and would hold deployments up (SEAA-8). */
const REMOVALS_PER_PASS = 3;

export interface CleanUpOptions {
  readonly editor: BridgeEditor;
  /** UUIDs of the bridges that OpenStack's networks are mapped to; others are not touched. */
  readonly bridges: ReadonlySet<string>;
  /** VLANs of networks, by bridge, as they are at that moment: ports are plugged meanwhile. */
  readonly portVlans: () => VlansByBridge;
  readonly vifs: readonly Vif[];
  /** Only these VLANs come into question; without it all do. */
  readonly only?: VlansByBridge;
  readonly log: Log;
}

export type VlansByBridge = ReadonlyMap<string, ReadonlySet<number>>;

/** Takes VLANs that nothing needs off the bridges, a few at a time (SEAA-8). */
export async function cleanUp(options: CleanUpOptions, signal: AbortSignal): Promise<void> {
  const { editor, bridges, portVlans, vifs, only, log } = options;
  let left = REMOVALS_PER_PASS;
  for (const bridge of await editor.bridges(signal)) {
    if (!bridges.has(bridge.id)) continue;
    const needed = neededVlans(bridge, portVlans().get(bridge.id) ?? [], vifs);
    const unneeded = unneededVlans(bridge, needed).filter((vlan) => !only || only.get(bridge.id)?.has(vlan));
    const now = unneeded.slice(0, left);
    left -= now.length;
    for (const vlan of unneeded.slice(now.length))
      log.warn('a VLAN that nothing needs stays on its bridge until a later clean-up', {
        bridge: bridge.name,
        vlan,
      });
    if (now.length === 0) continue;
    log.info('taking VLANs that nothing needs off a bridge', { bridge: bridge.name, vlans: now });
    try {
      await editor.remove(bridge.id, now, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      log.warn('VLANs could not be taken off a bridge', {
        bridge: bridge.name,
        vlans: now,
        reason: textOfError(error),
      });
    }
  }
}
