import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api, idOf, objectOf, objectsOf, objectText, refusal, value } from '../testing/api.js';

test('a system has 64 pools; one is defined by giving it a maximum', async (t) => {
  const api = await Api.start(t);
  const feed = `uom/ManagedSystem/${idOf(objectOf(await api.get('uom/ManagedSystem')))}/SharedProcessorPool`;
  const pools = objectsOf(await api.get(feed));
  assert.deepEqual(
    pools.map((pool) => Number(value(pool, 'PoolID'))),
    Array.from({ length: 64 }, (_, id) => id),
  );
  const [standard, first] = pools;
  assert.ok(standard !== undefined && first !== undefined);
  assert.equal(value(standard, 'PoolName'), 'DefaultPool');
  const path = `${feed}/${idOf(first)}`;
  const edited = objectText(await api.get(path))
    .replace('>SharedPool01<', '>gold<')
    .replace('>0</MaximumProcessingUnits>', '>4.50</MaximumProcessingUnits>');
  const answer = objectOf(await api.post(path, edited));
  assert.deepEqual([value(answer, 'PoolName'), value(answer, 'AvailableProcUnits')], ['gold', '4.5']);
  const tooBig = edited.replace('>4.50<', '>400<');
  assert.match(refusal(await api.post(path, tooBig), 400), /MaximumProcessingUnits/);
  const standardPath = `${feed}/${idOf(standard)}`;
  refusal(await api.post(standardPath, objectText(await api.get(standardPath))), 409);
});
