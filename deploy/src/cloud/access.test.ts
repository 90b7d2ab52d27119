import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressIn, type Catalog } from './access.js';

const endpoint = (url: string, region = 'one', side = 'public') => ({ interface: side, region, url });

const catalog: Catalog = [
  { type: 'compute', endpoints: [endpoint('https://cloud.example/compute/v2.1')] },
  { type: 'volumev3', endpoints: [endpoint('https://cloud.example:8776/v3/0123abc')] },
  {
    type: 'image',
    endpoints: [endpoint('http://inside:9292', 'one', 'internal'), endpoint('http://h:9292/')],
  },
  { type: 'network', endpoints: [endpoint('http://two:9696', 'two'), endpoint('http://one:9696')] },
];

test('an address of a catalog comes without version and project, from the public side of the region', () => {
  assert.equal(addressIn(catalog, 'nova', ''), 'https://cloud.example/compute');
  assert.equal(addressIn(catalog, 'cinder', 'one'), 'https://cloud.example:8776');
  assert.equal(addressIn(catalog, 'glance', 'one'), 'http://h:9292');
  assert.equal(addressIn(catalog, 'neutron', 'one'), 'http://one:9696');
});

test('an API that the catalog does not have is named', () => {
  assert.throws(
    () => addressIn(catalog, 'placement', 'one'),
    /no public endpoint of placement in region one/,
  );
});
