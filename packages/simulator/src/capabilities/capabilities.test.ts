import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api } from '../testing/api.js';
import { capabilities } from './capabilities.js';

const { resources, jobs, others } = capabilities();
const some = '00000000-0000-0000-0000-000000000000';

const feedOf = (address: string) => `uom/${address.replace('/', `/${some}/`)}`;

test('what is not listed as modelled is answered 501, what is listed is not', async (t) => {
  const api = await Api.start(t);
  for (const { address, operations } of resources) {
    const { status } = await api.get(feedOf(address));
    assert.equal(status === 501, operations.length === 0, `${address} ${status}`);
  }
  for (const { type, operation, modelled } of jobs) {
    const statuses = [];
    for (const target of ['', `/${some}`]) {
      statuses.push((await api.get(`uom/${type}${target}/do/${operation}`)).status);
    }
    assert.equal(
      statuses.every((status) => status === 501),
      !modelled,
      `${type} ${operation} ${statuses}`,
    );
  }
});

test('the list knows what the driver needs', () => {
  const partition = resources.find(({ address }) => address === 'LogicalPartition');
  assert.deepEqual(partition?.operations, ['list', 'read', 'create', 'update', 'delete', 'search', 'quick']);
  assert.ok(jobs.some(({ operation, only }) => operation === 'RemoveDevice' && only === 'NovaLink'));
  assert.ok(others.includes('PUT /rest/api/web/Logon'));
});
