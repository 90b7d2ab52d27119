import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type CommitObservation,
  ManagedSystem,
  NetworkBridge,
  observe,
  type Session,
} from '@openstack-powervm/rest';
import { openSession, simulated } from './site.js';

/** The PVID of the trunk pair that these tests add; it carries no traffic (protocol reference 3.8). */
const arbitraryPvid = 4094;

function vlansOf(taggedVLANIDs: string | undefined): number[] {
  return (taggedVLANIDs ?? '').split(' ').filter(Boolean).map(Number);
}

/** Makes a bridge carry a VLAN the way a NovaLink wants it: on a trunk of both adapters (protocol reference 8.11). */
function ensureVlan(bridge: NetworkBridge, vlan: number): boolean {
  let changed = false;
  for (const { trunkAdapters } of bridge.sharedEthernetAdapters) {
    const [first] = trunkAdapters;
    const trunk = trunkAdapters.find(({ portVLANID }) => portVLANID === arbitraryPvid);
    const vlans = vlansOf(trunk?.taggedVLANIDs);
    if (vlans.includes(vlan)) continue;
    const taggedVLANIDs = [...vlans, vlan].join(' ');
    if (trunk) trunk.taggedVLANIDs = taggedVLANIDs;
    else
      trunkAdapters.add({
        useNextAvailableSlotID: true,
        portVLANID: arbitraryPvid,
        taggedVLANIDs,
        taggedVLANSupported: true,
        associatedVirtualSwitch: first?.associatedVirtualSwitch,
        virtualSwitchID: first?.virtualSwitchID,
        trunkPriority: first?.trunkPriority,
      });
    changed = true;
  }
  return changed;
}

async function bridgeOf(session: Session) {
  const [system] = await session.list(ManagedSystem);
  assert.ok(system);
  const [bridge] = await session.list(NetworkBridge, { parent: system });
  assert.ok(bridge);
  return { system, bridge };
}

test('RETRY-3 VLANs that many ports need at once are one write of the bridge, on both its adapters', async (t) => {
  const simulator = await simulated(t);
  const session = await openSession(t, simulator);
  const { system, bridge } = await bridgeOf(session);
  const batches: CommitObservation[] = [];
  t.after(observe('powervm.rest.commit', (each) => batches.push(each)));
  const wanted = [101, 102, 103, 104, 105];
  const carry = (vlan: number) =>
    session.commit(NetworkBridge, bridge.id, ['None'], (value) => ensureVlan(value, vlan), {
      parent: system,
    });
  await Promise.all(wanted.map(carry));
  await carry(103);
  assert.deepEqual(
    batches.map(({ edits, outcome }) => [edits, outcome]),
    [
      [5, 'written'],
      [1, 'unchanged'],
    ],
  );
  const { bridge: after } = await bridgeOf(session);
  const carried = after.value.sharedEthernetAdapters.map(({ trunkAdapters }) =>
    trunkAdapters.toArray().flatMap(({ taggedVLANIDs }) => vlansOf(taggedVLANIDs)),
  );
  assert.equal(carried.length, 2);
  for (const vlans of carried)
    for (const vlan of wanted) assert.ok(vlans.includes(vlan), `${vlan} in ${vlans}`);
});
