import { PowerVMError } from '../errors/error.js';
import { publish } from '../observe/channels.js';
import { record } from '../observe/recorder.js';
import { busyRetry } from '../pipeline/busy-retry.js';
import { auditMemento, mementoOf } from '../pipeline/memento.js';
import { reconnect } from '../pipeline/reconnect.js';
import { refuse } from '../pipeline/refuse.js';
import { authenticate, SessionToken } from '../pipeline/session-token.js';
import { throttle } from '../pipeline/throttle.js';
import { watch } from '../pipeline/watch.js';
import { type CallOptions, Deadline, withDeadline } from '../time/deadline.js';
import { defaultTiming, type Timing } from '../time/timing.js';
import { isPlainRemote, originsOf } from '../transport/endpoint.js';
import { type HttpTransport, httpTransport } from '../transport/http.js';
import { compose, type Send } from '../transport/message.js';
import { loadTrust, type Trust } from '../transport/tls.js';
import { Connection } from './connection.js';
import { type Logon, logOff, logOn } from './logon.js';
import type { SessionOptions } from './options.js';

/**
 * Requests on the wire at once unless the options say otherwise. No console documents a limit; with 8 of them fifty
 * deployments at once spend most of their time waiting for each other, with 32 they do not (npm run bench).
 */
const defaultConcurrency = 32;

/** Errors after which a starting console may answer the next attempt (RETRY-2). */
const stillStarting = ['PVM_UNREACHABLE', 'PVM_CONNECTION_LOST', 'PVM_NOT_FOUND', 'PVM_UNAVAILABLE'] as const;

/** Logs on, waiting for the console to start if the options allow it. */
export async function connect(options: SessionOptions, call: CallOptions = {}): Promise<Connection> {
  return await connectToOneOf(originsOf(options.endpoint, options.credentials.kind), options, call);
}

/** Logs on at the first of these origins where somebody answers. */
export async function connectToOneOf(
  origins: readonly string[],
  options: SessionOptions,
  call: CallOptions,
): Promise<Connection> {
  const setup = await prepare(origins, options);
  const what = `log on to ${setup.origins.join(' or ')}`;
  return await withDeadline(new Deadline(what, call, 0), async (deadline) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await connectToAny(setup, deadline);
      } catch (error) {
        const failure = PowerVMError.from(error);
        publish('powervm.rest.session', {
          origin: setup.origins.join(' '),
          step: 'logon-failed',
          error: failure.code,
          reason: failure.message,
        });
        const last = attempt >= setup.attempts || setup.timing.logonIntervalMs >= deadline.remainingMs();
        if (last || !PowerVMError.is(failure, ...stillStarting)) throw failure;
        await deadline.sleep(setup.timing.logonIntervalMs);
      }
    }
  });
}

/** Everything that can be checked before the first packet is sent. */
interface Setup {
  readonly options: SessionOptions;
  readonly origins: readonly string[];
  readonly trust: Trust;
  readonly memento: string;
  readonly timing: Timing;
  readonly attempts: number;
}

async function prepare(origins: readonly string[], options: SessionOptions): Promise<Setup> {
  const attempts = options.connectAttempts ?? 1;
  for (const [name, value] of Object.entries({
    connectAttempts: attempts,
    maxConcurrent: options.maxConcurrent ?? 1,
  }))
    if (!Number.isInteger(value) || value < 1)
      throw new PowerVMError('PVM_INVALID_ARGUMENT', `${name} must be a positive integer, not ${value}`);
  return {
    options,
    origins,
    trust: await loadTrust(options.tls),
    memento: mementoOf(options.auditMemento),
    timing: { ...defaultTiming, ...options.timing },
    attempts,
  };
}

/** Tries the origins in order; only where nobody answers is the next one tried. */
async function connectToAny(setup: Setup, deadline: Deadline): Promise<Connection> {
  const failures: PowerVMError[] = [];
  for (const origin of setup.origins) {
    try {
      return await connectTo(origin, setup, deadline);
    } catch (error) {
      const failure = PowerVMError.from(error);
      failures.push(failure);
      if (failure.code !== 'PVM_UNREACHABLE') break;
    }
  }
  throw failures.length > 1 && failures.every(({ code }) => code === 'PVM_UNREACHABLE')
    ? new PowerVMError('PVM_UNREACHABLE', `Nobody answers on ${setup.origins.join(' or ')}`, {
        cause: failures[0],
      })
    : (failures.at(-1) ?? new PowerVMError('PVM_INVALID_ARGUMENT', 'The endpoint names no address'));
}

async function connectTo(origin: string, setup: Setup, deadline: Deadline): Promise<Connection> {
  const { timing } = setup;
  const transport = httpTransport(origin, setup.trust, timing.connectMs);
  const bareSend = barePipeline(transport, setup);
  if (isPlainRemote(origin)) publish('powervm.rest.session', { origin, step: 'plain-http' });
  const granting = grant(bareSend, setup);
  try {
    const logon = await deadline.race(granting);
    publish('powervm.rest.session', { origin, step: 'logon', console: logon.console });
    return assemble(transport, bareSend, setup, logon);
  } catch (error) {
    if (deadline.signal.aborted) void giveBack(granting, transport, bareSend, timing.closeMs);
    else transport.destroy();
    throw error;
  }
}

/** Under its own deadline: a logon is not broken off with its caller, or the console would keep the session. */
async function grant(send: Send, { options, timing }: Setup): Promise<Logon> {
  return await withDeadline(new Deadline('log on', {}, timing.requestMs), (deadline) =>
    logOn(send, options.credentials, deadline, timing.requestMs),
  );
}

/** Logs off from a session that was granted when its caller had gone. Nobody waits for this, so it never rejects. */
async function giveBack(
  granting: Promise<Logon>,
  transport: HttpTransport,
  send: Send,
  limitMs: number,
): Promise<void> {
  try {
    await withDeadline(new Deadline('give the session back', {}, limitMs), async (deadline) => {
      const { token } = await deadline.race(granting);
      await logOff(send, token, deadline, limitMs);
    });
  } catch {
    // no session was granted, or the console will end it by itself
  }
  transport.destroy();
}

/** What every request passes, logon included; the last is nearest to the wire. */
function barePipeline(transport: HttpTransport, { options, memento }: Setup): Send {
  return compose(transport.send, [
    auditMemento(memento),
    refuse,
    throttle(options.maxConcurrent ?? defaultConcurrency),
    watch(transport.origin),
    ...(options.record ? [record(options.record)] : []),
  ]);
}

function assemble(transport: HttpTransport, bareSend: Send, setup: Setup, logon: Logon): Connection {
  const { timing } = setup;
  const { origin } = transport;
  const logOnAgain = async () => (await grant(bareSend, setup)).token;
  const token = new SessionToken(origin, logon.token, logOnAgain);
  const send = compose(bareSend, [
    busyRetry(origin, timing.busyDelaysMs),
    authenticate(origin, token),
    reconnect(origin),
  ]);
  return new Connection({ transport, console: logon.console, token, timing, send, bareSend });
}
