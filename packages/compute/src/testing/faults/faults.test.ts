import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Driver } from '../../driver.js';
import { campaign, everything } from './campaign.js';
import { faultFlows } from './flows/index.js';
import { Report } from './report.js';

/** `npm run test:faults` takes all flows and all kinds; here go the main ones, and the most telling kinds. */
const representative = [
  'SPAWN-14 a deployment',
  'DESTROY-6 a removal',
  'VIF-7 VIF-13 SEA-1 an interface that is attached',
  'FIN-6 the second half of a resize',
];
const kinds = ['refused', 'reset after'];

for (const flow of faultFlows.filter(({ title }) => representative.includes(title)))
  test(`R05 R06 FLOW-1 ${flow.title}: requests and steps fail, the daemon is killed, and nothing is left behind`, async () => {
    const report = new Report();
    await campaign(flow, { ...everything, kinds }, report);
    assert.deepEqual(report.problems, []);
    assert.ok(report.faults > 0);
  });

/** They only read, or have nothing to do. */
const questions = [
  'constructor',
  'subscribe',
  'cleanupHost',
  'getInfo',
  'instanceExists',
  'listInstances',
  'listInstanceUuids',
  'getAvailableResource',
  'getInventory',
  'getHostCpuStats',
  'configDriveFacts',
  'getInstanceDiagnostics',
  'undoFinishMigration',
  'instanceOnDisk',
  'checkSharedStorageLocal',
  'checkSharedStorageRemote',
];

test('R05 the campaign has a flow for every operation of the driver that changes something', () => {
  const methods = Object.getOwnPropertyNames(Driver.prototype).filter((name) => !questions.includes(name));
  const operations = new Set(faultFlows.map(({ operation }) => operation));
  assert.deepEqual([...operations].sort(), methods.sort());
});
