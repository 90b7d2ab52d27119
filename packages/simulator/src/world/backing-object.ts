import type { Site, SiteNovaLink } from '../site/site.js';
import type { Behaviour } from './behaviour.js';
import { nameUuid } from './identity.js';
import { conflict, invalid, notFound, Refusal } from './refusal.js';
import type { VirtualIOServer } from './vios.js';
import { BYTES_PER_GB } from './volume-group.js';
import type { World } from './world.js';

const capture = 'capture fake_vios_hosting_vios_feed.txt';

export const backingObjectBehaviours: readonly Behaviour[] = [
  {
    id: 'files.mapped',
    does: 'a file of NovaLink is mapped by its path: name and label hold it, the UDID is a UUID',
    evidence: `${capture}; protocol reference 3.12 and 3.14`,
  },
  {
    id: 'files.optical',
    does: 'a file whose name ends in .iso is an optical drive to its client, any other a disk',
    assumed: `in ${capture} installation images are behind VirtualOpticalTargetDevice; what decides is not known`,
  },
  {
    id: 'files.not-made',
    does: 'files and RBD images are never made or deleted by REST, only mapped; unmapping leaves them',
    evidence: 'protocol reference 3.12 and 8.8: mapped without discovery, as references',
  },
  {
    id: 'files.refused',
    does: 'a file or image that does not exist is 404; on another VIOS than NovaLink, or with a back store of another kind, a mapping is 400',
    assumed: 'clients map both on NovaLink only; no refusal was captured',
  },
  {
    id: 'rbd.mapped',
    does: 'an RBD image is mapped as POOL/IMAGE on any NovaLink that hosts I/O; one that the site gives a user is refused to another RbdUser',
    assumed: 'protocol reference 3.12 has the elements, no such mapping was captured',
  },
  {
    id: 'rbd.exists',
    does: 'RBDExists answers true or false; on a VIOS that is not NovaLink it fails',
    assumed: 'protocol reference 4.3 has parameter and result; clients call it for NovaLink only',
  },
  {
    id: 'files.back-store',
    does: 'BackStoreType and RbdUser come back as the client sent them; without them there is none',
    assumed: `${capture} shows files without a back store; clients read it of disks that they resize`,
  },
  {
    id: 'scsi.disk-type',
    does: 'a new mapping of a VirtualDisk without VirtualDiskType is answered 500 with a NullPointerException',
    evidence: 'history of pypowervm, change I23170b8c and bug 1731507',
  },
];

/** Back stores by what they serve (protocol reference 3.12). */
const backStores = {
  File: ['fileio', 'user:qcow', 'loop'],
  RBD: ['user:rbd'],
} as const;

/** A file of NovaLink or an image of a Ceph cluster: disks that REST serves but never makes. */
export interface BackingObject {
  readonly type: keyof typeof backStores;
  /** The path, or pool/image. */
  readonly name: string;
  /** A UUID. Also names its bytes. */
  readonly udid: string;
  readonly sizeGb: number;
  /** Who may open the image; undefined lets in everyone. */
  readonly user: string | undefined;
}

/** How a VirtualDisk of a new mapping names what it means. */
export interface DiskReference {
  readonly type: string | undefined;
  readonly backStore: string | undefined;
  readonly user: string | undefined;
}

/** The images of the site: every NovaLink that hosts I/O reaches them. */
export function buildRbdImages(world: World, plans: Site['rbdImages']): BackingObject[] {
  return plans.map(({ name, sizeGb, user }) =>
    make(world, { type: 'RBD', name, udid: nameUuid(`rbd/${name}`), sizeGb, user }),
  );
}

export function buildFiles(
  world: World,
  vios: Pick<VirtualIOServer, 'uuid'>,
  plans: NonNullable<SiteNovaLink['hostedIo']>['files'],
): BackingObject[] {
  return plans.map(({ path, sizeGb }) =>
    make(world, {
      type: 'File',
      name: path,
      udid: nameUuid(`${vios.uuid}/file${path}`),
      sizeGb,
      user: undefined,
    }),
  );
}

function make(world: World, object: BackingObject): BackingObject {
  world.bytes.create(object.udid, Math.ceil((object.sizeGb * BYTES_PER_GB) / 512) * 512);
  return object;
}

/** Throws a `Refusal` unless the VIOS can serve such a disk. */
export function checkDiskReference(
  vios: VirtualIOServer,
  name: string | undefined,
  { type, backStore }: DiskReference,
): void {
  if (type === undefined)
    throw new Refusal(500, `java.lang.NullPointerException: VirtualDiskType of ${name ?? 'a VirtualDisk'}.`);
  if (type !== 'File' && type !== 'RBD') return;
  if (!vios.isManagement)
    throw invalid(
      `VIOS ${vios.name} cannot map ${name ?? ''}: only a NovaLink partition maps disks of type ${type}.`,
    );
  const known: readonly string[] = backStores[type];
  if (backStore !== undefined && !known.includes(backStore))
    throw invalid(`BackStoreType "${backStore}" of a ${type} is not one of ${known.join(', ')}.`);
}

/** The file or image of that name. Throws a `Refusal` when there is none, or when the user may not open it. */
export function requireObject(
  vios: VirtualIOServer,
  wanted: { readonly udid: string | undefined; readonly name: string | undefined },
  { type, user }: DiskReference,
): BackingObject {
  const found = vios.backingObjects.find(
    (object) =>
      object.type === type &&
      (wanted.udid === undefined ? object.name === wanted.name : object.udid === wanted.udid),
  );
  const what = type === 'RBD' ? 'RBD image' : 'file';
  if (found === undefined)
    throw notFound(`${vios.name} has no ${what} ${wanted.udid ?? wanted.name ?? 'without a name'}.`);
  if (found.user !== undefined && found.user !== user)
    throw conflict(`The Ceph cluster does not let ${user ?? 'the default user'} open ${found.name}.`);
  return found;
}
