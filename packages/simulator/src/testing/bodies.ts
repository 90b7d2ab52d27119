/** Request bodies as a client other than ours writes them (protocol reference, appendix A). */
const WEB = 'http://www.ibm.com/xmlns/systems/power/firmware/web/mc/2012_10/';
const UOM = 'http://www.ibm.com/xmlns/systems/power/firmware/uom/mc/2012_10/';
const METADATA = '<uom:Metadata><uom:Atom/></uom:Metadata>';

export function logonBody(user: string, password: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    `<LogonRequest xmlns="${WEB}" schemaVersion="V1_0"><UserID>${user}</UserID><Password>${password}</Password></LogonRequest>`
  );
}

export const fileLogonBody =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
  `<LogonRequest xmlns="${WEB}" schemaVersion="V1_0"><UserID>somebody</UserID>` +
  '<GenerateX-API-SessionFile>true</GenerateX-API-SessionFile></LogonRequest>';

/** Appendix A.1. `extra` maps the name of an element to what follows it. */
export function partitionBody(name: string, extra: Readonly<Record<string, string>> = {}): string {
  const shared = [
    leaf('DesiredProcessingUnits', '0.50'),
    leaf('DesiredVirtualProcessors', '1'),
    leaf('MaximumProcessingUnits', '0.50'),
    leaf('MaximumVirtualProcessors', '1'),
    leaf('MinimumProcessingUnits', '0.50'),
    leaf('MinimumVirtualProcessors', '1'),
    leaf('SharedProcessorPoolID', '0'),
    leaf('UncappedWeight', '64'),
  ];
  const children = [
    leaf('AllowPerformanceDataCollection', 'false'),
    leaf('AvailabilityPriority', '127'),
    complex('PartitionIOConfiguration', leaf('MaximumVirtualIOSlots', '64')),
    complex('PartitionMemoryConfiguration', [
      leaf('DesiredMemory', '1024'),
      leaf('MaximumMemory', '2048'),
      leaf('MinimumMemory', '512'),
    ]),
    leaf('PartitionName', name),
    complex('PartitionProcessorConfiguration', [
      leaf('HasDedicatedProcessors', 'false'),
      complex('SharedProcessorConfiguration', shared),
      leaf('SharingMode', 'uncapped'),
    ]),
    leaf('PartitionType', 'AIX/Linux'),
    leaf('PendingProcessorCompatibilityMode', 'default'),
  ];
  const content = children
    .map((child) => child + (extra[/^<uom:(\w+)/.exec(child)?.[1] ?? ''] ?? ''))
    .join('');
  return `<uom:LogicalPartition xmlns:uom="${UOM}" schemaVersion="V1_0">${METADATA}${content}</uom:LogicalPartition>`;
}

/** Appendix A.2. */
export function mappingElement(options: {
  partition: string;
  storage: string;
  clientSlot?: number;
  serverSlot?: number;
  target?: string;
}): string {
  const slot = (number: number | undefined): string =>
    number === undefined
      ? leaf('UseNextAvailableSlotID', 'true')
      : leaf('UseNextAvailableSlotID', 'false') + leaf('VirtualSlotNumber', String(number));
  return (
    `<uom:VirtualSCSIMapping xmlns:uom="${UOM}" schemaVersion="V1_0">${METADATA}` +
    `<uom:AssociatedLogicalPartition href="http://localhost:12080/rest/api/uom/LogicalPartition/${options.partition}" rel="related"/>` +
    complex('ClientAdapter', leaf('AdapterType', 'Client') + slot(options.clientSlot)) +
    complex('ServerAdapter', leaf('AdapterType', 'Server') + slot(options.serverSlot)) +
    `<uom:Storage>${options.storage}</uom:Storage>${options.target ?? ''}</uom:VirtualSCSIMapping>`
  );
}

export const virtualDiskReference = (name: string): string =>
  complex(
    'VirtualDisk',
    `${leaf('DiskName', name)}<uom:VirtualDiskType ksv="V1_5_0">LogicalVolume</uom:VirtualDiskType>`,
  );

/** A VirtualDisk of type File or RBD to be mapped (protocol reference 3.12); `more` are elements behind the type. */
export const objectReference = (type: 'File' | 'RBD', name: string, more = ''): string =>
  complex(
    'VirtualDisk',
    `${leaf('DiskLabel', name)}${leaf('DiskName', name)}<uom:VirtualDiskType ksv="V1_5_0">${type}</uom:VirtualDiskType>${more}`,
  );

export const opticalReference = (name: string): string =>
  complex('VirtualOpticalMedia', leaf('MediaName', name));

export const unitReference = (udid: string, name: string): string =>
  complex('LogicalUnit', leaf('UniqueDeviceID', udid) + leaf('UnitName', name));

/** A logical unit to be created below a tier (protocol reference 3.18). */
export function unitBody(name: string, gigabytes: string, type: string, thin: boolean): string {
  const content =
    leaf('ThinDevice', String(thin)) +
    leaf('UnitCapacity', gigabytes) +
    leaf('LogicalUnitType', type) +
    leaf('UnitName', name);
  return `<uom:LogicalUnit xmlns:uom="${UOM}" schemaVersion="V1_0">${METADATA}${content}</uom:LogicalUnit>`;
}

export const volumeReference = (name: string): string => complex('PhysicalVolume', leaf('VolumeName', name));

/** A VirtualDisk to be appended to a volume group (appendix A.3). */
export function diskElement(name: string, gigabytes: string, baseImage?: string): string {
  return uom(
    complex('VirtualDisk', [
      leaf('DiskCapacity', gigabytes),
      leaf('DiskLabel', 'None'),
      leaf('DiskName', name),
      baseImage === undefined ? '' : leaf('BaseImage', baseImage),
      '<uom:VirtualDiskType ksv="V1_5_0">LogicalVolume</uom:VirtualDiskType>',
    ]),
  );
}

/** A media repository to be put into a volume group. */
export function repositoryElement(name: string, gigabytes: string): string {
  return uom(
    complex('VirtualMediaRepository', leaf('RepositoryName', name) + leaf('RepositorySize', gigabytes)),
  );
}

/** Appendix A.3. */
export function fileBody(options: {
  name: string;
  type: string;
  vios: string;
  device?: string;
  size?: number;
  sha256?: string;
}): string {
  const optional = (name: string, text: string | number | undefined): string =>
    text === undefined ? '' : `<web:${name}>${text}</web:${name}>`;
  return (
    `<web:File xmlns:web="${WEB}" schemaVersion="V1_0"><web:Metadata><web:Atom/></web:Metadata>` +
    `<web:Filename>${options.name}</web:Filename><web:InternetMediaType>application/octet-stream</web:InternetMediaType>` +
    optional('SHA256', options.sha256) +
    optional('ExpectedFileSizeInBytes', options.size) +
    `<web:FileEnumType>${options.type}</web:FileEnumType>` +
    `<web:TargetVirtualIOServerUUID>${options.vios}</web:TargetVirtualIOServerUUID>` +
    `${optional('TargetDeviceUniqueDeviceID', options.device)}</web:File>`
  );
}

/** Appendix A.4: a template with parameters, in the mixture of prefixes that clients produce. */
export function jobBody(
  group: string,
  operation: string,
  parameters: Readonly<Record<string, string>> = {},
): string {
  const list = Object.entries(parameters)
    .map(
      ([name, text]) =>
        `<JobRequest:JobParameter schemaVersion="V1_0"><JobRequest:ParameterName>${name}</JobRequest:ParameterName>` +
        `<JobRequest:ParameterValue><![CDATA[${text}]]></JobRequest:ParameterValue></JobRequest:JobParameter>`,
    )
    .join('');
  return (
    `<JobRequest:JobRequest xmlns:JobRequest="${WEB}" xmlns="${WEB}" schemaVersion="V1_0"><Metadata><Atom/></Metadata>` +
    '<RequestedOperation kb="CUR" kxe="false" schemaVersion="V1_0"><Metadata><Atom/></Metadata>' +
    `<OperationName kb="ROR" kxe="false">${operation}</OperationName><GroupName kb="ROR" kxe="false">${group}</GroupName>` +
    '</RequestedOperation><JobParameters kb="CUR" kxe="false" schemaVersion="V1_0"><Metadata><Atom/></Metadata>' +
    `${list}</JobParameters></JobRequest:JobRequest>`
  );
}

/** A client network adapter; `slot` is one of the three ways to say where it goes. */
export function adapterBody(options: {
  switch: string;
  slot: string;
  vlan: number;
  mac?: string;
  more?: string;
}): string {
  return object('ClientNetworkAdapter', [
    options.slot,
    options.mac === undefined ? '' : leaf('MACAddress', options.mac),
    leaf('PortVLANID', String(options.vlan)),
    leaf('TaggedVLANSupported', 'false'),
    `<uom:AssociatedVirtualSwitch><uom:link href="${options.switch}" rel="related"/></uom:AssociatedVirtualSwitch>`,
    options.more ?? '',
  ]);
}

export function object(name: string, children: readonly string[]): string {
  return `<uom:${name} xmlns:uom="${UOM}" schemaVersion="V1_0">${METADATA}${children.join('')}</uom:${name}>`;
}

export function leaf(name: string, text: string): string {
  return `<uom:${name}>${text}</uom:${name}>`;
}

function complex(name: string, content: string | readonly string[]): string {
  const inner = typeof content === 'string' ? content : content.join('');
  return `<uom:${name} schemaVersion="V1_0">${METADATA}${inner}</uom:${name}>`;
}

/** A fragment that is put into a document of a server, which does not know the prefix. */
function uom(fragment: string): string {
  return fragment.replace(/^<uom:\w+/, `$& xmlns:uom="${UOM}"`);
}
