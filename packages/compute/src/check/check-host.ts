import type { Session } from '@openstack-powervm/rest';
import { systemClock } from '../clock.js';
import type { PowerVMOptions } from '../contract/index.js';
import type { CallOptions } from '../flow/index.js';
import { connect } from '../host/connect.js';
import { ManagedSystemReader } from '../host/managed-system.js';
import { VirtualIOServers } from '../host/vioses.js';
import { checkClock } from './check-clock.js';
import { checkMedia } from './check-media.js';
import { checkStorage } from './check-storage.js';
import { checkSwitches } from './check-switches.js';
import { checkVioses } from './check-vioses.js';
import { type Finding, type FindingTopic, ok, problemOf } from './finding.js';

/** What a single check works with. */
export interface HostCheck {
  readonly session: Session;
  readonly options: PowerVMOptions;
  readonly vioses: VirtualIOServers;
  readonly call: CallOptions;
}

/**
 * Looks at everything that a start and a first deployment need, and reports all of it: one problem does not hide the
 * next. Nothing on the system is changed; the session is closed again.
 */
export async function checkHost(
  openSession: (call: CallOptions) => Promise<Session>,
  options: PowerVMOptions,
  call: CallOptions,
): Promise<Finding[]> {
  try {
    await using session = await connect(openSession, options, call);
    const logon = ok('session', `${session.console} at ${session.endpoint} has accepted the logon`);
    return [logon, ...(await look(session, options, call))];
  } catch (thrown) {
    return [problemOf('session', thrown, 'nothing else could be looked at: repair this first')];
  }
}

async function look(session: Session, options: PowerVMOptions, call: CallOptions): Promise<Finding[]> {
  const check: HostCheck = { session, options, vioses: new VirtualIOServers(session, systemClock), call };
  const system = await findSystem(check);
  const rest = await Promise.all([
    attempt('clock', () => checkClock(check)),
    attempt('vios', () => checkVioses(check)),
    attempt('storage', () => checkStorage(check)),
    attempt('media', () => checkMedia(check)),
    ...(system.reader ? [attempt('switch', () => checkSwitches(check, system.reader))] : []),
  ]);
  return [system.finding, ...rest.flat()];
}

type FoundSystem =
  | { readonly finding: Finding; readonly reader: ManagedSystemReader }
  | { readonly finding: Finding; readonly reader?: never };

async function findSystem({ session, call }: HostCheck): Promise<FoundSystem> {
  try {
    const reader = await ManagedSystemReader.find(session, call);
    const { name, availableMemory, availableProcessorUnits } = reader.lastFacts;
    const free = `${availableMemory} MB of memory and ${availableProcessorUnits} processor units are free`;
    return { finding: ok('system', `${session.console} manages ${name}: ${free}`), reader };
  } catch (thrown) {
    return { finding: problemOf('system', thrown, 'name the NovaLink of this host as rest_endpoint') };
  }
}

/** A check that cannot be made is a finding itself. */
async function attempt(topic: FindingTopic, check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check();
  } catch (thrown) {
    return [problemOf(topic, thrown, 'repair what the message names, then check again')];
  }
}
