import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ElementsField,
  ElementType,
  extendedGroups,
  type Fields,
  ListField,
  NestedField,
  ResourceType,
} from '../schema/index.js';
import * as resources from './index.js';

const types = Object.entries(resources).filter(
  (entry): entry is [string, ElementType<Fields>] => entry[1] instanceof ElementType,
);

/** The rule of docs/architecture.md: a leading run of capitals is lowered, but for the start of the next word. */
function propertyOf(wire: string): string {
  const named = /^(?:IBMi|WWPNs$)/.exec(wire)?.[0];
  if (named) return named.toLowerCase() + wire.slice(named.length);
  const run = /^[A-Z]+/.exec(wire)?.[0] ?? '';
  const nextWord = /^[a-z]/.test(wire.slice(run.length)) && run.length > 1 ? 1 : 0;
  return wire.slice(0, run.length - nextWord).toLowerCase() + wire.slice(run.length - nextWord);
}

test('a property is the wire name in camel case', () => {
  const wrong: string[] = [];
  for (const [, type] of types)
    for (const [property, field] of Object.entries(type.fields))
      if (!field.wire.includes('-') && property !== propertyOf(field.wire))
        wrong.push(`${type.name}.${property}`);
  assert.deepEqual(wrong, []);
  assert.deepEqual(
    ['MACAddress', 'WWPNs', 'IOSlots', 'SHA256', 'IBMiCapable', 'IP', 'os400NetInstallCapable'].map(
      propertyOf,
    ),
    ['macAddress', 'wwpns', 'ioSlots', 'sha256', 'ibmiCapable', 'ip', 'os400NetInstallCapable'],
  );
});

test('an element is declared once per parent, in a known group', () => {
  for (const [name, type] of types) {
    const wires = Object.values(type.fields).map((field) => field.wire);
    assert.equal(new Set(wires).size, wires.length, `${name} declares an element twice`);
    for (const { facts } of Object.values(type.fields))
      assert.ok(facts.group === undefined || extendedGroups.includes(facts.group));
    assert.match(type.evidence, /^protocol reference /, name);
  }
});

test('every resource of the protocol reference is declared, and says where it is found', () => {
  // The index of section 3.1; the web types have no place in the uom tree.
  const indexed =
    'ManagedSystem LogicalPartition VirtualIOServer ClientNetworkAdapter VirtualSwitch VirtualNetwork NetworkBridge ' +
    'VirtualNICDedicated SRIOVEthernetLogicalPort VolumeGroup VirtualSCSIBus Cluster SharedStoragePool Tier LogicalUnit ' +
    'SharedProcessorPool VirtualFibreChannelClientAdapter PowerEnterprisePool PowerEnterprisePoolMember ManagementConsole ' +
    'Event VirtualSerialNumberInformation PersistentMemoryDevice PersistentMemoryVolume VirtualPersistentMemoryVolume File ' +
    'ManagedSystemPcmPreference';
  const byName = new Map(types.map(([, type]) => [type.name, type]));
  for (const name of indexed.split(' ')) {
    const type = byName.get(name);
    assert.ok(type instanceof ResourceType, name);
    assert.ok(type.root || type.parents.length > 0, name);
    for (const parent of type.parents) assert.ok(byName.has(parent), `${name} below ${parent}`);
  }
  for (const name of ['JobRequest', 'JobResponse', 'HttpErrorResponse', 'LogonRequest', 'LogonResponse'])
    assert.ok(byName.get(name) instanceof ResourceType, name);
});

test('every declared element is exported', () => {
  const exported = new Set(types.map(([, type]) => type));
  for (const [name, type] of types)
    for (const field of Object.values(type.fields))
      if (field instanceof NestedField || field instanceof ListField || field instanceof ElementsField)
        assert.ok(exported.has(field.type), `${name} holds ${field.wire}`);
});
