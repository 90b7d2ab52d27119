import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { CloudAccess } from '@openstack-powervm/deploy';
import { z } from 'zod';

const program = '/usr/bin/openstack';

/** What `openstack configuration show --unmask` prints: clouds.yaml, secure.yaml and OS_* variables, merged. */
const configuration = z.object({
  auth_url: z.url(),
  username: z.string(),
  password: z.string().min(1),
  region_name: z.string().nullish(),
  cacert: z.string().nullish(),
  'auth.user_domain_name': z.string().nullish(),
  'auth.project_domain_name': z.string().nullish(),
  'auth.project_name': z.string(),
});

export interface ExistingCloud {
  readonly access: CloudAccess;
  readonly caFile: string | undefined;
}

/** The cloud that OS_CLOUD with clouds.yaml, or the OS_* variables alone, name; its administrator's password logon. */
export async function readExistingCloud(environment: NodeJS.ProcessEnv): Promise<ExistingCloud> {
  const words = ['configuration', 'show', '--unmask', '--format', 'json'];
  const { stdout } = await promisify(execFile)(program, words, { env: environment }).catch((error) => {
    const complaint = z.object({ stderr: z.string() }).safeParse(error).data?.stderr.trim();
    throw new Error(`${program} ${words.join(' ')}: ${complaint || 'could not run'}`);
  });
  return asAccess(JSON.parse(stdout));
}

/** Reads the client's words. */
export function asAccess(printed: unknown): ExistingCloud {
  const parsed = configuration.safeParse(printed);
  if (!parsed.success) {
    const missing = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new Error(
      `the cloud is not described well enough: ${missing}. Set OS_CLOUD and clouds.yaml, or OS_AUTH_URL, OS_USERNAME, ` +
        'OS_PASSWORD, OS_PROJECT_NAME and the names of both domains',
    );
  }
  const { auth_url: authUrl, username, password, region_name: region, cacert, ...auth } = parsed.data;
  const project = auth['auth.project_name'];
  return {
    access: {
      authUrl: `${authUrl.replace(/\/+(v3\/*)?$/, '')}/v3`,
      region: region ?? '',
      user: { name: username, domain: auth['auth.user_domain_name'] ?? 'Default' },
      password,
      project: { name: project, domain: auth['auth.project_domain_name'] ?? 'Default' },
    },
    caFile: cacert ?? undefined,
  };
}
