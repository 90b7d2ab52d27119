import { resource } from '../../schema/declare.js';
import { integer, link, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** The descriptor of an upload or download. Delete it afterwards: servers hold about a hundred. */
export const File = resource(
  'File',
  { evidence: 'protocol reference 6.1; captures file_feed.txt, upload_file.txt', service: 'web', root: true },
  {
    filename: text('Filename', 'COR'),
    dateModified: integer('DateModified', 'ROR', { unit: 'epoch ms' }),
    internetMediaType: text('InternetMediaType', 'COR'),
    fileUUID: text('FileUUID', 'ROR'),
    assetLink: link('AssetLink', 'ROR'),
    sha256: text('SHA256', 'COD'),
    expectedFileSizeInBytes: integer('ExpectedFileSizeInBytes', 'COD', { unit: 'bytes' }),
    currentFileSizeInBytes: integer('CurrentFileSizeInBytes', 'ROR', { unit: 'bytes' }),
    fileEnumType: text('FileEnumType', 'COR', { values: ['BROKERED_DISK_IMAGE', 'BROKERED_MEDIA_ISO'] }),
    targetVirtualIOServerUUID: text('TargetVirtualIOServerUUID', 'COR'),
    targetDeviceUniqueDeviceID: text('TargetDeviceUniqueDeviceID', 'COR'),
    assetFile: text('AssetFile', 'unseen'),
  },
);
export type File = Lens<typeof File>;
