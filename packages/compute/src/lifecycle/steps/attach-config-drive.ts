import type { Instance } from '../../contract/index.js';
import type { Step } from '../../flow/index.js';
import type { Host } from '../../host/host.js';
import type { Attachment } from '../../storage/attach.js';
import { uploadConfigDrive } from '../../storage/config-drive.js';
import { configDriveName } from '../../storage/disk-names.js';

/** Uploads the config drive (SPAWN-9); its mapping is made with all others. */
export function attachConfigDrive(host: Host, instance: Instance, path: string): Step<readonly Attachment[]> {
  const name = configDriveName(instance.uuid);
  return {
    run: async (call) => [await uploadConfigDrive(host.media, name, path, call)],
    undo: (_attachments, call) => host.media.delete([name], call),
  };
}
