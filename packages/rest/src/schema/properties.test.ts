import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childElements, readDocument, writeDocument, XmlError } from '@openstack-powervm/atom';
import fc from 'fast-check';
import {
  ClientNetworkAdapter,
  JobResponse,
  LogicalPartition,
  ManagedSystem,
  SharedStoragePool,
  VirtualIOServer,
  VirtualNICDedicated,
  VolumeGroup,
} from '../resources/index.js';
import { arbitraryInit } from '../testing/arbitrary-init.js';
import type { Fields } from './field.js';
import { create, elementOf, type ResourceType, WrongTypeError } from './index.js';

const written = (lens: Parameters<typeof elementOf>[0]) => writeDocument(elementOf(lens));

/** The same checks for declarations of every shape. */
function forEachType(check: <F extends Fields>(type: ResourceType<F>) => void): void {
  check(LogicalPartition);
  check(VirtualIOServer);
  check(ManagedSystem);
  check(VolumeGroup);
  check(SharedStoragePool);
  check(ClientNetworkAdapter);
  check(VirtualNICDedicated);
  check(JobResponse);
}

test('what a document is created from is what is read from it, in schema order, and reading changes nothing', () => {
  forEachType((type) => {
    fc.assert(
      fc.property(arbitraryInit(type), (init) => {
        const text = written(create(type, init));
        const back = type.lens(readDocument(text));
        assert.deepEqual(back.toJSON(), init);
        assert.equal(written(back), text);
        const order = childElements(elementOf(back)).map((each) => type.order.get(each.local) ?? -1);
        assert.deepEqual(
          order,
          order.toSorted((a, b) => a - b),
        );
      }),
      { numRuns: 25 },
    );
  });
});

test('fields set one by one, in any order, give the document that create gives', () => {
  // Assigning no links where there are none changes nothing, while create writes the empty wrapper.
  const isEmptyLinks = (value: unknown) => Array.isArray(value) && value.length === 0;
  forEachType((type) => {
    const inits = arbitraryInit(type).filter((init) => !Object.values(init).some(isEmptyLinks));
    const shuffled = inits.chain((init) =>
      fc.tuple(
        fc.constant(init),
        fc.shuffledSubarray(Object.keys(init), { minLength: Object.keys(init).length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([init, order]) => {
        const source = create(type, init);
        const target = create(type, {});
        for (const property of order) Object.assign(target, { [property]: Reflect.get(source, property) });
        assert.deepEqual(target.toJSON(), source.toJSON());
        assert.equal(written(target), written(create(type, init)));
      }),
      { numRuns: 25 },
    );
  });
});

test('a damaged document gives values or a typed error, never anything else', () => {
  const damage = fc.record({
    at: fc.nat(),
    length: fc.nat(40),
    to: fc.nat(),
    kind: fc.constantFrom('cut', 'double', 'move', 'swap'),
  });
  forEachType((type) => {
    fc.assert(
      fc.property(arbitraryInit(type), damage, (init, { at, length, to, kind }) => {
        const text = written(create(type, init));
        const from = at % text.length;
        const piece = text.slice(from, from + length);
        const rest = text.slice(0, from) + text.slice(from + length);
        const target = to % (rest.length + 1);
        const damaged =
          kind === 'cut'
            ? rest
            : kind === 'double'
              ? text.slice(0, from) + piece + text.slice(from)
              : kind === 'move'
                ? rest.slice(0, target) + piece + rest.slice(target)
                : text.replaceAll(/>[^<]+</g, () => '>nonsense<');
        try {
          type.lens(readDocument(damaged)).toJSON();
        } catch (error) {
          assert.ok(error instanceof XmlError || error instanceof WrongTypeError, String(error));
        }
      }),
      { numRuns: 40 },
    );
  });
});
