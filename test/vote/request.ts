import { parseArgs } from 'node:util';
import { selectSets, sets, type TestSet } from '../tempest/sets.js';

/** What an existing host is tested with: names of things in its cloud. */
export interface Choice {
  readonly host: string;
  readonly image: string;
  readonly otherImage: string;
  readonly flavor: string;
  readonly otherFlavor: string;
  readonly network: string;
  readonly publicNetwork: string;
}

/** What a command line asks for. */
export interface VoteRequest {
  readonly sets: readonly TestSet[];
  readonly workers: number;
  /** How long a server may take to be built, seconds. */
  readonly buildTimeout: number;
  /** Undefined for the simulated host. */
  readonly choice: Choice | undefined;
  /** Logs and configuration to publish, beside what the run itself makes. */
  readonly include: readonly string[];
  /** Where the bundle goes; undefined for `votes/`. */
  readonly bundle: string | undefined;
}

export const usage = `usage: npm run vote -- [options]

Runs Tempest's tests of a server's life against one PowerVM compute host and ends with a vote, +1 or -1, and a log
bundle to publish. Exit status: 0 for +1, 1 for -1, 2 when there could be no vote.

Without --host: a host on a simulated Power system, with an OpenStack of its own.
  --set NAME …          ${Object.keys(sets).join(', ')} (core)
  --regex REGEX         tests whose full name matches, instead of a set
  --workers N           tests at the same time (2)
  --bundle FILE         the bundle (votes/HOST-TIME.tar.gz)
  --include PATH …      more logs and configuration, files or folders, for the bundle

With an existing OpenStack, which OS_CLOUD and clouds.yaml or the OS_* variables name, as its administrator:
  --host NAME           the compute host, as in: openstack compute service list
  --image NAME          what servers boot from
  --other-image NAME    what they are rebuilt from
  --flavor NAME         their size
  --other-flavor NAME   what they are resized to
  --network NAME        where they are; shared, with a router to the public one
  --public-network NAME where floating addresses come from
  --build-timeout N     how long a server may take, seconds (1200)`;

/** A command line that cannot be followed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const options = {
  set: { type: 'string', multiple: true },
  regex: { type: 'string' },
  workers: { type: 'string', default: '2' },
  bundle: { type: 'string' },
  include: { type: 'string', multiple: true },
  host: { type: 'string' },
  image: { type: 'string' },
  'other-image': { type: 'string' },
  flavor: { type: 'string' },
  'other-flavor': { type: 'string' },
  network: { type: 'string' },
  'public-network': { type: 'string' },
  'build-timeout': { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** Reads a command line; undefined when it asks for help. */
export function readRequest(args: readonly string[]): VoteRequest | undefined {
  try {
    const { values } = parseArgs({ args: [...args], options });
    if (values.help) return undefined;
    const choice = choiceOf(values);
    return {
      sets: selectSets(values),
      workers: wholeNumber('workers', values.workers),
      buildTimeout: wholeNumber('build-timeout', values['build-timeout'] ?? (choice ? '1200' : '180')),
      choice,
      include: values.include ?? [],
      bundle: values.bundle,
    };
  } catch (error) {
    throw error instanceof Error ? new UsageError(error.message) : error;
  }
}

function choiceOf(values: Values): Choice | undefined {
  const names = {
    host: values.host,
    image: values.image,
    otherImage: values['other-image'],
    flavor: values.flavor,
    otherFlavor: values['other-flavor'],
    network: values.network,
    publicNetwork: values['public-network'],
  };
  if (Object.values(names).every((name) => name === undefined)) return undefined;
  const required = (name: keyof typeof names): string => {
    const value = names[name];
    if (value) return value;
    throw new Error(
      `an existing host needs --${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    );
  };
  return {
    host: required('host'),
    image: required('image'),
    otherImage: required('otherImage'),
    flavor: required('flavor'),
    otherFlavor: required('otherFlavor'),
    network: required('network'),
    publicNetwork: required('publicNetwork'),
  };
}

function wholeNumber(option: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`--${option} wants a whole number above 0, not ${text}`);
}
