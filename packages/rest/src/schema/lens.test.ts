import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDocument, writeDocument } from '@openstack-powervm/atom';
import {
  LogicalPartition,
  PhysicalFibreChannelPort,
  VirtualIOServer,
  VirtualSwitch,
} from '../resources/index.js';
import { create, elementOf, idOf, uuidOf, WrongTypeError } from './index.js';
import { namespaces } from './namespaces.js';

const partition = (content: string) =>
  LogicalPartition.lens(
    readDocument(
      `<P:LogicalPartition xmlns:P="${namespaces.uom}" xmlns="${namespaces.uom}">\n` +
        `  <Metadata><Atom><AtomID>2F0E9C3A-1111-4222-8333-944455556666</AtomID></Atom></Metadata>\n${content}\n</P:LogicalPartition>`,
    ),
  );

const written = (lens: Parameters<typeof elementOf>[0]) => writeDocument(elementOf(lens));

test('values are read by type, and absent or empty ones are undefined', () => {
  const lens = partition(
    '<AllowPerformanceDataCollection kb="CUD">True</AllowPerformanceDataCollection><AvailabilityPriority> 127 </AvailabilityPriority>' +
      '<PartitionID/><PartitionName>a&amp;b</PartitionName><OperatingSystemVersion/>' +
      '<PartitionProcessorConfiguration><SharedProcessorConfiguration><DesiredProcessingUnits>0.5</DesiredProcessingUnits>' +
      '</SharedProcessorConfiguration></PartitionProcessorConfiguration>',
  );
  const before = written(lens);
  assert.equal(lens.allowPerformanceDataCollection, true);
  assert.equal(lens.availabilityPriority, 127);
  assert.equal(lens.partitionID, undefined);
  assert.equal(lens.partitionName, 'a&b');
  assert.equal(lens.operatingSystemVersion, '');
  assert.equal(lens.partitionState, undefined);
  assert.equal(
    lens.partitionProcessorConfiguration?.sharedProcessorConfiguration?.desiredProcessingUnits,
    0.5,
  );
  assert.equal(lens.partitionMemoryConfiguration, undefined);
  assert.deepEqual(lens.partitionProfiles, []);
  assert.equal(idOf(lens), '2F0E9C3A-1111-4222-8333-944455556666');
  assert.deepEqual(lens.toJSON(), {
    allowPerformanceDataCollection: true,
    availabilityPriority: 127,
    operatingSystemVersion: '',
    partitionID: undefined,
    partitionName: 'a&b',
    partitionProcessorConfiguration: { sharedProcessorConfiguration: { desiredProcessingUnits: 0.5 } },
  });
  assert.equal(written(lens), before, 'reading does not change the document');
});

test('an edit keeps everything else, unknown elements included', () => {
  const lens = partition(
    '  <PartitionName kb="CUR" kxe="false">old</PartitionName>\n  <Novelty x="1"><!-- ? --></Novelty>\n  <PartitionType kb="COD">AIX/Linux</PartitionType>',
  );
  lens.partitionName = 'new & better';
  lens.partitionID = 7;
  lens.partitionType = undefined;
  assert.equal(
    written(lens).split('</Metadata>')[1],
    '\n  <PartitionID>7</PartitionID><PartitionName kb="CUR" kxe="false">new &amp; better</PartitionName>\n' +
      '  <Novelty x="1"><!-- ? --></Novelty>\n  \n</P:LogicalPartition>',
  );
});

test('setting what is there already changes no byte', () => {
  const lens = partition('<AvailabilityPriority>0127</AvailabilityPriority><IsBootable>TRUE</IsBootable>');
  const before = written(lens);
  lens.availabilityPriority = 127;
  lens.isBootable = true;
  lens.partitionName = undefined;
  lens.clientNetworkAdapters = [];
  assert.equal(written(lens), before);
});

test('a new child goes where the schema wants it and carries its revision', () => {
  const lens = partition('<PartitionName>a</PartitionName><PartitionUUID>u</PartitionUUID>');
  lens.partitionType = 'OS400';
  lens.simplifiedRemoteRestartCapable = true;
  lens.availabilityPriority = 1;
  assert.equal(
    written(lens).split('</Metadata>')[1]?.trim(),
    '<AvailabilityPriority>1</AvailabilityPriority><PartitionName>a</PartitionName><PartitionType>OS400</PartitionType>' +
      '<PartitionUUID>u</PartitionUUID><SimplifiedRemoteRestartCapable ksv="V1_2_0">true</SimplifiedRemoteRestartCapable>\n</P:LogicalPartition>',
  );
});

test('a value of the wrong type names the resource, the element and the value', () => {
  const lens = partition(
    '<PartitionID>seven</PartitionID><PartitionMemoryConfiguration><DesiredMemory>1.5</DesiredMemory></PartitionMemoryConfiguration>' +
      '<IsBootable>perhaps</IsBootable>',
  );
  assert.throws(() => lens.partitionID, {
    code: 'PVM_WRONG_TYPE',
    message: '[PVM_WRONG_TYPE] LogicalPartition/PartitionID is not an integer: "seven"',
  });
  assert.throws(
    () => lens.partitionMemoryConfiguration?.desiredMemory,
    (error: unknown) => {
      assert.ok(error instanceof WrongTypeError);
      const { resource, element, value, path } = error;
      assert.deepEqual([resource, element, value], ['LogicalPartition', 'DesiredMemory', '1.5']);
      assert.equal(path, 'LogicalPartition/PartitionMemoryConfiguration/DesiredMemory');
      return true;
    },
  );
  assert.throws(() => lens.isBootable, { message: /is not true or false: "perhaps"/ });
  assert.throws(() => {
    lens.availabilityPriority = Number.NaN;
  }, /LogicalPartition\/AvailabilityPriority is not an integer: "NaN"/);
  assert.throws(
    () => create(LogicalPartition, { partitionMemoryConfiguration: { desiredMemory: 0.5 } }),
    /LogicalPartition\/PartitionMemoryConfiguration\/DesiredMemory is not an integer: "0.5"/,
  );
});

test('links are read, replaced and removed by href', () => {
  const lens = partition(
    '<ProcessorPool href="http://h/a" rel="related" kb="CUD"/><ClientNetworkAdapters kb="CUR"><link href="http://h/1" rel="related" x="y"/></ClientNetworkAdapters>',
  );
  assert.equal(lens.processorPool, 'http://h/a');
  lens.processorPool = 'http://h/b';
  lens.clientNetworkAdapters = [...lens.clientNetworkAdapters, 'http://h/2'];
  lens.associatedManagedSystem = 'http://h/m';
  assert.match(written(lens), /<ProcessorPool href="http:\/\/h\/b" rel="related" kb="CUD"\/>/);
  assert.match(
    written(lens),
    /<AssociatedManagedSystem href="http:\/\/h\/m" rel="related"\/><ClientNetworkAdapters/,
  );
  assert.match(
    written(lens),
    /<link href="http:\/\/h\/1" rel="related" x="y"\/><link href="http:\/\/h\/2" rel="related"\/><\/ClientNetworkAdapters>/,
  );
  lens.processorPool = undefined;
  assert.equal(lens.processorPool, undefined);
});

test('a list is a live view; an absent wrapper reads as empty and appears with the first item', () => {
  const vios = VirtualIOServer.lens(
    readDocument(
      `<V:VirtualIOServer xmlns:V="${namespaces.uom}" xmlns="${namespaces.uom}"><Metadata/></V:VirtualIOServer>`,
    ),
  );
  const mappings = vios.virtualSCSIMappings;
  assert.equal(mappings.length, 0);
  assert.equal(written(vios).includes('VirtualSCSIMappings'), false);
  const first = mappings.add({ associatedLogicalPartition: 'http://h/LogicalPartition/A' });
  const second = mappings.add({ serverAdapter: { adapterName: 'vhost1' } });
  assert.deepEqual(
    mappings.map((each) => each.serverAdapter?.adapterName),
    [undefined, 'vhost1'],
  );
  first.associatedLogicalPartition = 'http://h/LogicalPartition/B';
  assert.equal(vios.virtualSCSIMappings.at(0)?.associatedLogicalPartition, 'http://h/LogicalPartition/B');
  assert.equal(mappings.remove(first), true);
  assert.equal(mappings.remove(first), false);
  assert.equal(mappings.length, 1);
  assert.equal(
    mappings.removeWhere((each) => each.serverAdapter?.adapterName === 'vhost1'),
    1,
  );
  assert.equal(second.serverAdapter?.adapterName, 'vhost1', 'a lens outlives its place');
  assert.match(
    written(vios),
    /<VirtualSCSIMappings schemaVersion="V1_0"><\/VirtualSCSIMappings>|<VirtualSCSIMappings schemaVersion="V1_0"\/>/,
  );
});

test('a part of one mapping can be used in another: it is copied', () => {
  const vios = create(VirtualIOServer, {
    virtualSCSIMappings: [
      { clientAdapter: { virtualSlotNumber: 3 }, storage: { virtualDisk: { diskName: 'a' } } },
    ],
  });
  const donor = vios.virtualSCSIMappings.at(0);
  assert.ok(donor?.clientAdapter);
  const added = vios.virtualSCSIMappings.add({ clientAdapter: donor.clientAdapter });
  assert.ok(added.clientAdapter);
  added.clientAdapter.virtualSlotNumber = 4;
  assert.equal(donor.clientAdapter.virtualSlotNumber, 3);
  const port = create(PhysicalFibreChannelPort, { portName: 'fcs0' });
  const mapping = vios.virtualFibreChannelMappings.add({ port, serverAdapter: { physicalPort: port } });
  assert.equal(mapping.port?.portName, 'fcs0');
  assert.equal(mapping.serverAdapter?.physicalPort?.portName, 'fcs0');
  assert.doesNotMatch(written(vios), /PhysicalFibreChannelPort/);
});

test('the UUID of a reference is the last one in it, in its own case', () => {
  const switchId = '2affcc5d-b3d7-3e63-abbd-e739070ba1c2';
  const href = `http://localhost:12080/rest/api/uom/ManagedSystem/95c2990a-e412-3ac8-92f4-058278b32ea2/VirtualSwitch/${switchId}?group=None`;
  assert.equal(uuidOf(href), switchId);
  assert.equal(
    uuidOf('http://h/uom/LogicalPartition/2F0E9C3A-1111-4222-8333-944455556666'),
    '2F0E9C3A-1111-4222-8333-944455556666',
  );
  assert.equal(uuidOf('http://h/uom/jobs/1375391227297'), undefined);
  assert.equal(uuidOf(undefined), undefined);
  assert.equal(idOf(create(VirtualSwitch, {}, { id: switchId })), switchId);
});
