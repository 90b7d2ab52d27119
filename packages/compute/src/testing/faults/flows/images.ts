import { randomUUID } from 'node:crypto';
import { exampleCall, type Rig } from '../../rig.js';
import { hostedByNovaLink, onPool } from '../../sites.js';
import { cached, running } from '../arrangements.js';
import type { FaultFlow } from '../flow.js';

/** The bytes are compared elsewhere; here only the way to them and back counts. */
function takeFirstBytesOnly({ images }: Rig): void {
  images.upload = async (_access, _id, { body }) => {
    for await (const _piece of body) break;
  };
}

const caching: Pick<FaultFlow, 'operation' | 'subject' | 'afterFailure' | 'exceptions' | 'act'> = {
  operation: 'cacheImage',
  subject: 'images',
  afterFailure: 'undone',
  exceptions: ['NovaException'],
  act: ({ driver }, params) => driver.cacheImage(params, exampleCall()),
};

const capture: Pick<FaultFlow, 'operation' | 'afterFailure' | 'exceptions' | 'arrange' | 'act'> = {
  operation: 'snapshot',
  afterFailure: 'undone',
  exceptions: ['NovaException'],
  arrange: running,
  act(rig, { instance, imageAccess }) {
    takeFirstBytesOnly(rig);
    const access = imageAccess ?? { endpoint: '', token: '' };
    return rig.driver.snapshot({ instance, imageId: randomUUID(), imageAccess: access }, exampleCall());
  },
};

export const imageFlows: readonly FaultFlow[] = [
  { title: 'IMGC-5 an image that is cached before anybody deploys it', ...caching, rig: {} },
  { title: 'IMGC-5 SSPIMG-5 an image that is put into a Shared Storage Pool', ...caching, rig: onPool },
  {
    title: 'IMGC-3 a cache that is cleaned',
    operation: 'manageImageCache',
    subject: 'images',
    rig: {},
    afterFailure: 'repeatable',
    exceptions: ['NovaException'],
    arrange: cached,
    act: ({ driver }) => driver.manageImageCache({ usedImageIds: [] }, exampleCall()),
  },
  { title: 'SNAP-10 a capture', ...capture, rig: onPool },
  { title: 'SNAP-10 L-48 a capture of a disk that NovaLink hosts', ...capture, rig: hostedByNovaLink },
];
