import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readIfPresent, writePrivateFile } from './files.js';

const newPassword = () => randomBytes(24).toString('base64url');
const password = z.string().min(1).default(newPassword);

/**
 * A password per OpenStack user, database account and message broker: letters, digits, `-` and `_`
 * only, so that none needs quoting in a file or a URL.
 */
const schema = z.object({
  admin: password,
  glance: password,
  placement: password,
  nova: password,
  neutron: password,
  cinder: password,
  keystoneDatabase: password,
  glanceDatabase: password,
  placementDatabase: password,
  novaDatabase: password,
  neutronDatabase: password,
  cinderDatabase: password,
  rabbitmq: password,
});

/** The passwords of one deployment. */
export type Secrets = z.infer<typeof schema>;

/**
 * Reads the passwords of a state directory from its `secrets.json` (mode 0600), making those that
 * are not there yet. They are printed nowhere; only the openrc file repeats the administrator's.
 */
export async function loadSecrets(stateDirectory: string): Promise<Secrets> {
  const file = join(stateDirectory, 'secrets.json');
  const stored = (await readIfPresent(file)) ?? '{}';
  const secrets = schema.parse(JSON.parse(stored));
  const text = `${JSON.stringify(secrets, null, 2)}\n`;
  if (text !== stored) await writePrivateFile(file, text);
  return secrets;
}
