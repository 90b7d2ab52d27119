/** A part of Tempest that can be asked for by name. */
export interface TestSet {
  /** What its files are called after. */
  readonly name: string;
  readonly title: string;
  readonly regex: string;
}

const computeServers = (...modules: string[]): string =>
  `^tempest\\.api\\.compute\\.servers\\.(${modules.join('|')})\\.`;

/** The sets of `npm run test:tempest -- --set NAME`. */
export const sets = {
  core: {
    name: 'core',
    title: 'the life of a server',
    regex: computeServers(
      ...['test_create_server', 'test_server_actions', 'test_delete_server'],
      // The other classes of the module capture a server for each test and take minutes.
      'test_server_rescue\\.ServerRescueTestJSON(UnderV235)?',
      ...['test_attach_interfaces', 'test_novnc', 'test_list_server_filters'],
    ),
  },
  compute: { name: 'compute', title: 'the whole compute API', regex: '^tempest\\.api\\.compute\\.' },
  smoke: {
    name: 'smoke',
    title: 'smoke tests of the other services, as a check on the environment',
    regex: '^tempest\\.api\\.(identity|image|network|volume)\\..*\\bsmoke\\b',
  },
} as const satisfies Record<string, TestSet>;

type SetName = keyof typeof sets;

function isSetName(name: string): name is SetName {
  return Object.hasOwn(sets, name);
}

/** The sets that a command line asks for; the core set when it says nothing. */
export function selectSets({
  set = ['core'],
  regex,
}: {
  readonly set?: readonly string[] | undefined;
  readonly regex?: string | undefined;
}): readonly TestSet[] {
  if (regex !== undefined) return [{ name: 'selection', title: 'a selection', regex }];
  return set.map((name) => {
    if (isSetName(name)) return sets[name];
    throw new Error(`there is no set ${name}; there are ${Object.keys(sets).join(', ')}`);
  });
}
