import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { childElements, readDocument } from '@openstack-powervm/atom';
import { hmcSite } from './site/hmc-site.js';
import { Api, idOf, type RawAnswer } from './testing/api.js';
import { type Atlas, chart, missing, wrongOrder, wrongSignatures } from './testing/atlas.js';
import { busySystem } from './testing/busy-system.js';
import { busyWorld } from './testing/busy-world.js';
import { capturedDocuments, captures, objectsIn } from './testing/captures.js';
import { openCouple } from './testing/migration-steps.js';
import { completeSite } from './testing/sites.js';

/** Where we deliberately write something else than the captures at hand. */
const deviations: readonly { readonly pattern: RegExp; readonly because: string }[] = [
  {
    pattern:
      /^(LogicalPartition\/(PartitionNVRAM|Uptime)|VirtualIOServer\/\w+) stands behind (RemoteRestartCapable|SuspendCapable|IsManagementPartition)/,
    because: 'the order of captures that look edited by hand (protocol reference 2.8)',
  },
  {
    pattern: /^LogicalPartition\/\w+: /,
    because:
      'the one capture of LPARs has the usage codes of schema V1_0; the protocol reference has later ones (3.3)',
  },
  {
    pattern:
      /(VirtualEthernetCustomMACAddressCapable|DedicatedProcessorPartitionCapable|ServerAdapter\/UniqueDeviceID): /,
    because: 'the declarations follow the lists of the protocol reference (3.2, 3.14), not these captures',
  },
];

/** What every capture has and we do not write. */
const leftOut: readonly { readonly pattern: RegExp; readonly because: string }[] = [
  {
    pattern: /^ClientNetworkAdapter\/(ConfiguredMTU|OvsBridge|OvsPortExternalIds)$/,
    because: 'the captured adapters are plugged into Open vSwitch, those of the tests are not',
  },
  {
    pattern: /^LogicalPartition\/(PartitionProfiles|HostEthernetAdapterLogicalPort)$/,
    because: 'neither profiles nor host Ethernet adapters are simulated',
  },
  {
    pattern: /\/IOSlot$/,
    because: 'the simulated systems have no such hardware',
  },
];

/** Everything that a simulator says in the tests' two sites. */
async function answers(t: TestContext): Promise<RawAnswer[]> {
  const single = await Api.start(t);
  const couple = await openCouple(t, { site: completeSite() });
  const double = new Api(couple.simulator);
  await double.logon();
  const ofOne = await busySystem(single);
  const console = await Api.start(t, { site: hmcSite() });
  return [
    ...(await Promise.all(ofOne.map((path) => single.get(path)))),
    ...(await busyWorld(double, couple)),
    ...(await poolsOf(console)),
  ];
}

/** The Power enterprise pools of an HMC and their members. */
async function poolsOf(api: Api): Promise<RawAnswer[]> {
  const pools = await api.get('uom/PowerEnterprisePool');
  const [pool] = objectsIn(readDocument(pools.text));
  assert.ok(pool !== undefined);
  return [pools, await api.get(`uom/PowerEnterprisePool/${idOf(pool)}/PowerEnterprisePoolMember`)];
}

/** Charts the objects of documents, and the feeds and entries around them. */
function atlasOf(documents: readonly ReturnType<typeof readDocument>[]): Atlas {
  const atlas: Atlas = new Map();
  for (const document of documents) {
    for (const object of objectsIn(document)) chart(atlas, object, object.local);
    const entries = document.local === 'feed' ? childElements(document, 'entry') : [document];
    for (const entry of entries.filter(({ local }) => local === 'entry')) {
      chart(atlas, entry, `entry(${childElements(entry, 'title')[0]?.text ?? ''})`, 'content');
    }
  }
  return atlas;
}

test('every element is named, ordered and attributed as in the captures', async (t) => {
  if (captures === undefined) {
    t.skip('no captures: set POWERVM_CAPTURES to their directory');
    return;
  }
  const known = atlasOf(capturedDocuments(captures));
  const ours = atlasOf((await answers(t)).map(({ text }) => readDocument(text)));
  const unchecked = [...ours.keys()].filter((path) => !known.has(path)).sort();
  t.diagnostic(`${ours.size - unchecked.length} places compared; in no capture: ${unchecked.join(', ')}`);
  const wrong = [...wrongSignatures(known, ours), ...wrongOrder(known, ours)];
  for (const { pattern, because } of deviations) {
    t.diagnostic(`${wrong.filter((each) => pattern.test(each)).length} differences accepted: ${because}`);
  }
  for (const { because } of leftOut) t.diagnostic(`left out: ${because}`);
  assert.deepEqual(
    missing(known, ours).filter((path) => !leftOut.some(({ pattern }) => pattern.test(path))),
    [],
  );
  assert.deepEqual(
    wrong.filter((each) => !deviations.some(({ pattern }) => pattern.test(each))),
    [],
  );
  assert.ok(ours.size - unchecked.length > 1500);
});
