import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeDocument } from '@openstack-powervm/atom';
import { File, LogicalPartition, VirtualIOServer, VirtualSwitch } from '../resources/index.js';
import { create, elementOf, publish } from './index.js';
import { namespaces } from './namespaces.js';

const written = (lens: Parameters<typeof elementOf>[0]) => writeDocument(elementOf(lens));
const block = (name: string, content: string) =>
  `<uom:${name} schemaVersion="V1_0"><uom:Metadata><uom:Atom/></uom:Metadata>${content}</uom:${name}>`;
const value = (name: string, text: string | number | boolean) => `<uom:${name}>${text}</uom:${name}>`;

test('SPAWN-1 a partition is created with the document of protocol reference A.1, whatever the order of the init', () => {
  const lens = create(LogicalPartition, {
    pendingProcessorCompatibilityMode: 'default',
    partitionType: 'AIX/Linux',
    partitionName: 'demo1',
    partitionProcessorConfiguration: {
      sharingMode: 'uncapped',
      hasDedicatedProcessors: false,
      sharedProcessorConfiguration: {
        desiredProcessingUnits: 0.5,
        desiredVirtualProcessors: 1,
        maximumProcessingUnits: 0.5,
        maximumVirtualProcessors: 1,
        minimumProcessingUnits: 0.5,
        minimumVirtualProcessors: 1,
        sharedProcessorPoolID: 0,
        uncappedWeight: 64,
      },
    },
    partitionMemoryConfiguration: { desiredMemory: 1024, maximumMemory: 1024, minimumMemory: 1024 },
    partitionIOConfiguration: { maximumVirtualIOSlots: 64 },
    availabilityPriority: 127,
    allowPerformanceDataCollection: false,
  });
  assert.equal(
    written(lens),
    `<uom:LogicalPartition xmlns:uom="${namespaces.uom}" schemaVersion="V1_0"><uom:Metadata><uom:Atom/></uom:Metadata>` +
      value('AllowPerformanceDataCollection', false) +
      value('AvailabilityPriority', 127) +
      block('PartitionIOConfiguration', value('MaximumVirtualIOSlots', 64)) +
      block(
        'PartitionMemoryConfiguration',
        value('DesiredMemory', 1024) + value('MaximumMemory', 1024) + value('MinimumMemory', 1024),
      ) +
      value('PartitionName', 'demo1') +
      block(
        'PartitionProcessorConfiguration',
        value('HasDedicatedProcessors', false) +
          block(
            'SharedProcessorConfiguration',
            value('DesiredProcessingUnits', '0.50') +
              value('DesiredVirtualProcessors', 1) +
              value('MaximumProcessingUnits', '0.50') +
              value('MaximumVirtualProcessors', 1) +
              value('MinimumProcessingUnits', '0.50') +
              value('MinimumVirtualProcessors', 1) +
              value('SharedProcessorPoolID', 0) +
              value('UncappedWeight', 64),
          ) +
          value('SharingMode', 'uncapped'),
      ) +
      value('PartitionType', 'AIX/Linux') +
      value('PendingProcessorCompatibilityMode', 'default') +
      '</uom:LogicalPartition>',
  );
});

test('a mapping of a virtual disk is written as in protocol reference A.2', () => {
  const vios = create(VirtualIOServer, {});
  const mapping = vios.virtualSCSIMappings.add({
    associatedLogicalPartition: 'http://localhost:12080/rest/api/uom/LogicalPartition/LPAR',
    clientAdapter: { adapterType: 'Client', useNextAvailableSlotID: true },
    serverAdapter: { adapterType: 'Server', useNextAvailableSlotID: true },
    storage: { virtualDisk: { diskName: 'disk1', virtualDiskType: 'LogicalVolume' } },
  });
  const adapter = (side: string) =>
    block(`${side}Adapter`, value('AdapterType', side) + value('UseNextAvailableSlotID', true));
  assert.equal(
    written(mapping).replace(` xmlns:uom="${namespaces.uom}"`, ''),
    block(
      'VirtualSCSIMapping',
      '<uom:AssociatedLogicalPartition href="http://localhost:12080/rest/api/uom/LogicalPartition/LPAR" rel="related"/>' +
        adapter('Client') +
        adapter('Server') +
        `<uom:Storage>${block(
          'VirtualDisk',
          `${value('DiskName', 'disk1')}<uom:VirtualDiskType ksv="V1_5_0">LogicalVolume</uom:VirtualDiskType>`,
        )}</uom:Storage>`,
    ),
  );
});

test('a file descriptor is written in the web namespace (protocol reference A.3)', () => {
  assert.equal(
    written(create(File, { filename: 'disk1', expectedFileSizeInBytes: 200_000 })),
    `<web:File xmlns:web="${namespaces.web}" schemaVersion="V1_0"><web:Metadata><web:Atom/></web:Metadata>` +
      '<web:Filename>disk1</web:Filename><web:ExpectedFileSizeInBytes>200000</web:ExpectedFileSizeInBytes></web:File>',
  );
});

test('a server document carries usage, volatility, revision and group of every child', () => {
  const lens = publish(
    VirtualIOServer,
    {
      partitionName: 'vios1',
      uptime: 5,
      virtualSCSIMappings: [{ storage: { virtualDisk: { diskName: 'd' } } }],
    },
    { id: '5', created: 1, schemaVersion: 'V1_5_0' },
  );
  assert.equal(
    written(lens),
    `<VirtualIOServer:VirtualIOServer xmlns:VirtualIOServer="${namespaces.uom}" xmlns="${namespaces.uom}" schemaVersion="V1_5_0">` +
      '<Metadata><Atom><AtomID>5</AtomID><AtomCreated>1</AtomCreated></Atom></Metadata>' +
      '<PartitionName kb="CUR" kxe="false">vios1</PartitionName><Uptime ksv="V1_5_0" kb="ROO" kxe="true">5</Uptime>' +
      '<VirtualSCSIMappings group="ViosSCSIMapping" kb="CUD" kxe="false" schemaVersion="V1_5_0"><Metadata><Atom/></Metadata>' +
      '<VirtualSCSIMapping schemaVersion="V1_5_0"><Metadata><Atom/></Metadata><Storage kb="CUR" kxe="false">' +
      '<VirtualDisk schemaVersion="V1_5_0"><Metadata><Atom/></Metadata><DiskName kb="CUR" kxe="false">d</DiskName></VirtualDisk>' +
      '</Storage></VirtualSCSIMapping></VirtualSCSIMappings></VirtualIOServer:VirtualIOServer>',
  );
});

test('an init with a field that is not declared is refused', () => {
  const init = { switchName: 'a', switchNmae: 'b' };
  assert.throws(() => create(VirtualSwitch, init), /VirtualSwitch has no field "switchNmae"/);
});
