import {
  type Discovered,
  discoverPath,
  type IscsiCode,
  iscsiCodes,
  removePath,
} from '../../world/iscsi/iscsi-session.js';
import { JobFailure } from '../job-failure.js';
import type { JobKind, JobRun } from '../job-kind.js';
import { viosOfJob } from '../vios-of-job.js';
import { readList, readPaths } from './iscsi-parameters.js';

const booleans = ['True', 'False', 'true', 'false'] as const;

/** Protocol reference 4.3 and 4.7. Login is part of the discovery, logout of the removal of the last disk. */
export const iscsiJobs: readonly JobKind[] = [
  {
    group: 'VirtualIOServer',
    operation: 'ISCSIDiscovery',
    of: 'object',
    only: 'NovaLink',
    parameters: {
      auth: 'any',
      user: 'any',
      password: 'any',
      ifaceName: 'any',
      targetIQN: 'any',
      hostIP: 'any',
      targetLUN: 'any',
      multipath: booleans,
      discoveryAuth: 'any',
      discoveryUser: 'any',
      discoveryPassword: 'any',
    },
    run: async (run) => discover(run),
  },
  {
    group: 'VirtualIOServer',
    operation: 'ISCSIRemove',
    of: 'object',
    only: 'NovaLink',
    parameters: {
      ifaceName: 'any',
      targetIQN: 'any',
      targetPORTAL: 'any',
      targetLUN: 'any',
      multipath: booleans,
    },
    run: async (run) => remove(run),
  },
];

function discover(run: JobRun): Record<string, string> {
  const vios = viosOfJob(run);
  const { world, parameters } = run;
  const initiator = { InitiatorName: `${vios.iscsi.initiator}\n` };
  if (!parameters.has('targetIQN') && !parameters.has('hostIP'))
    return { ...initiator, RETURN_CODE: String(iscsiCodes.success) };
  const paths = pathsOf(run, 'hostIP');
  if (paths === undefined || paths.length === 0)
    throw failed(iscsiCodes.invalidParameter, 'the paths do not fit together');
  const credentials = { user: parameters.get('user'), password: parameters.get('password') };
  const found = paths.map((path) => ({ iqn: path.iqn, ...discoverPath(world, vios, path, credentials) }));
  const output = found.flatMap(({ iqn, volume }) =>
    volume === undefined ? [] : [`"${iqn} ${volume.name} ${volume.udid}"`],
  );
  const code = overall(found);
  if (output.length === 0) throw failed(code, `no disk was found on ${paths[0]?.iqn}`);
  return { ...initiator, RETURN_CODE: String(code), DEV_OUTPUT: `[${output.join(', ')}]` };
}

function remove(run: JobRun): Record<string, string> {
  const vios = viosOfJob(run);
  const paths = pathsOf(run, 'targetPORTAL');
  if (paths === undefined || paths.length === 0)
    throw failed(iscsiCodes.invalidParameter, 'the paths do not fit together');
  const targets = new Map(paths.map(({ iqn, lun }) => [`${iqn}/${lun}`, { iqn, lun }]));
  const codes = [...targets.values()].map(({ iqn, lun }) => removePath(run.world, vios, iqn, lun));
  const code = codes.find((each) => !isGoodRemoval(each)) ?? codes[0] ?? iscsiCodes.noObjects;
  if (!isGoodRemoval(code)) throw failed(code, 'a disk of the target is still mapped');
  return { RETURN_CODE: String(code) };
}

const isGoodRemoval = (code: IscsiCode): boolean =>
  code === iscsiCodes.success || code === iscsiCodes.noObjects;

function pathsOf({ parameters }: JobRun, portal: 'hostIP' | 'targetPORTAL') {
  const list = (name: string): string[] => readList(parameters.get(name));
  const portals = list(portal);
  // A removal need not name the portals.
  const named = portals.length === 0 && portal === 'targetPORTAL' ? ['any'] : portals;
  const texts = { iqns: list('targetIQN'), portals: named, luns: list('targetLUN') };
  return readPaths(texts, parameters.get('multipath')?.toLowerCase() === 'true');
}

/** One good path is enough; without any, the first that failed tells why. */
function overall(found: readonly Discovered[]): IscsiCode {
  const good = found.find(({ volume }) => volume !== undefined);
  return good?.code ?? found[0]?.code ?? iscsiCodes.noObjects;
}

function failed(code: IscsiCode, why: string): JobFailure {
  return new JobFailure(`The iSCSI command ended with ${code}: ${why}.`, { RETURN_CODE: String(code) });
}
