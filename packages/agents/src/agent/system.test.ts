import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Session } from '@openstack-powervm/rest';
import { hmcSite, startSimulator } from '@openstack-powervm/simulator';
import { AgentError } from '../errors.js';
import { onlySystem } from './system.js';

test('AGT-2 a console with several systems is refused by their names', async (t) => {
  const simulator = await startSimulator({ site: hmcSite() });
  t.after(() => simulator.close());
  const credentials = { kind: 'password', username: 'pvmadmin', password: 'pvmadmin-simulated' } as const;
  await using session = await Session.open({ endpoint: simulator.url, credentials });
  await assert.rejects(
    onlySystem(session, t.signal),
    (thrown) =>
      thrown instanceof AgentError && thrown.code === 'AGENT_SYSTEM' && /sim1, sim2/.test(thrown.message),
  );
});
