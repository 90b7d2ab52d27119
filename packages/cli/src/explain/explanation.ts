import { errorTable as driverTable } from '@openstack-powervm/compute';
import { errorTable as restTable } from '@openstack-powervm/rest';
import { driverAdvice } from './driver-advice.js';
import {
  agentTexts,
  bridgeTexts,
  type CodeText,
  commandTexts,
  openstackTexts,
  simulatorTexts,
} from './process-codes.js';

/** A part of the product that has error codes of its own. */
export interface ErrorSource {
  readonly title: string;
  /** When errors of this part are seen, and where. */
  readonly about: string;
  readonly codes: readonly Explanation[];
}

/** One error code, for whoever has just met it. */
export interface Explanation extends CodeText {
  readonly code: string;
  /** The exception that Nova reports, where there is one of its own. */
  readonly nova?: string;
}

/** Every error code of every part. A code that two parts have means the same to the operator. */
export const errorSources: readonly ErrorSource[] = [
  {
    title: 'Driver',
    about: 'In the log of the daemon, in the fault of a server, and in the log of nova-compute.',
    codes: Object.entries(driverTable).map(([code, { meaning, nova }]) => ({
      ...{ code, meaning, nova },
      advice: adviceOf(code),
    })),
  },
  {
    title: 'REST client',
    about: 'From the commands, and inside the messages of driver and agents.',
    codes: Object.entries(restTable).map(([code, { meaning, hint }]) => ({ code, meaning, advice: hint })),
  },
  {
    title: 'Plug-in and daemon',
    about: 'In the logs of nova-compute and of the daemon.',
    codes: withCodes(bridgeTexts),
  },
  { title: 'Agents', about: 'In the logs of the Neutron agents.', codes: withCodes(agentTexts) },
  {
    title: 'OpenStack clients',
    about: 'In the logs of the agents, and of the daemon where images are concerned.',
    codes: withCodes(openstackTexts),
  },
  { title: 'Simulator', about: 'From powervm simulate.', codes: withCodes(simulatorTexts) },
  { title: 'Command line', about: 'From the commands.', codes: withCodes(commandTexts) },
];

/** What there is to say about a code, by each part that has it. */
export function explanationsOf(code: string): readonly (Explanation & { readonly source: string })[] {
  return errorSources.flatMap(({ title, codes }) =>
    codes.filter((each) => each.code === code).map((each) => ({ ...each, source: title })),
  );
}

function adviceOf(code: string): string {
  return new Map(Object.entries(driverAdvice)).get(code) ?? '';
}

function withCodes(texts: Readonly<Record<string, CodeText>>): Explanation[] {
  return Object.entries(texts).map(([code, text]) => ({ code, ...text }));
}
