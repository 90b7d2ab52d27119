import { capabilities, tellsOfVolumes } from './capabilities.js';
import { tempestConfig } from './configuration.js';

/** A cloud of which nothing is known: what an operator fills in is in capitals. */
const unknownCloud = {
  access: {
    authUrl: 'https://KEYSTONE:5000/v3',
    region: 'REGION',
    user: { name: 'admin', domain: 'Default' },
    password: 'PASSWORD',
    project: { name: 'admin', domain: 'Default' },
  },
  ground: {
    image: 'IMAGE_ID',
    otherImage: 'OTHER_IMAGE_ID',
    flavor: 'FLAVOR_ID',
    otherFlavor: 'OTHER_FLAVOR_ID',
    network: 'SHARED_NETWORK_NAME',
    publicNetwork: 'PUBLIC_NETWORK_ID',
    publicNetworkName: 'PUBLIC_NETWORK_NAME',
  },
  buildTimeout: 1200,
} as const;

const head = `\
# tempest.conf for a PowerVM host: what the project's own tests are run with. Fill in what is in capitals.
# A feature is off only where the driver lacks or refuses it; the line before says which row of the support matrix.
`;

/** The sample of Tempest's configuration, with the reason before everything that is off. */
export function tempestSample(): string {
  const volumes = tellsOfVolumes('compute');
  const reasons = new Map(capabilities().map(({ flag, reason }) => [flag, reason]));
  reasons.set('cinder', volumes.reason);
  const config = tempestConfig({ ...unknownCloud, withVolumes: volumes.on }, '/var/lib/tempest');
  const lines = config.split('\n').flatMap((line) => {
    const reason = reasons.get(/^(\w+) = false$/.exec(line)?.[1] ?? '');
    return reason === undefined ? [line] : [`# ${reason}`, line];
  });
  return `${head}\n${lines.join('\n')}`;
}
