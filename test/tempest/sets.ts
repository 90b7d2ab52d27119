/** A part of Tempest that can be asked for by name. */
export interface TestSet {
  readonly title: string;
  readonly regex: string;
}

const computeServers = (...modules: string[]): string =>
  `^tempest\\.api\\.compute\\.servers\\.(${modules.join('|')})\\.`;

/** The sets of `npm run test:tempest -- --set NAME`. */
export const sets = {
  core: {
    title: 'the life of a server',
    regex: computeServers(
      ...['test_create_server', 'test_server_actions', 'test_server_rescue', 'test_delete_server'],
      ...['test_attach_interfaces', 'test_novnc', 'test_list_server_filters'],
    ),
  },
  compute: { title: 'the whole compute API', regex: '^tempest\\.api\\.compute\\.' },
  smoke: {
    title: 'smoke tests of the other services, as a check on the environment',
    regex: '^tempest\\.api\\.(identity|image|network|volume)\\..*\\bsmoke\\b',
  },
} as const satisfies Record<string, TestSet>;

export type SetName = keyof typeof sets;

export function isSetName(name: string): name is SetName {
  return Object.hasOwn(sets, name);
}
