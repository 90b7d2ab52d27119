// A daemon without a Power system, for the tests of the Python side: the real server and the real checks, a driver
// that answers what the test wants and writes down what it was asked.
//
//   node fake-daemon.js SOCKET JOURNAL [SCRIPT]
//
// JOURNAL gets one JSON line per handshake, call and cancellation. SCRIPT is a JSON object: for a method, a list of
// turns (the last one repeats), each `{ result }`, `{ error: { code, message, novaException } }`, `{ hang: true }`,
// `{ exit: true }` or `{ together: n }` (answer when n calls are waiting), optionally with `notify`, a list of
// `[name, params]` sent first.
// A line of JSON on the standard input, `["lifecycle", {…}]`, is emitted as an event. Ends with its input.
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { Lifecycle, methods, Progress, TaskState } from '../contract/index.js';
import type { CallContext, DriverMethods } from '../server/host.js';
import { BridgeServer } from '../server/server.js';
import { answers } from './answers.js';

const Turn = z.object({
  result: z.unknown().optional(),
  error: z.object({ code: z.string(), message: z.string(), novaException: z.string().optional() }).optional(),
  hang: z.boolean().optional(),
  exit: z.boolean().optional(),
  together: z.number().int().optional(),
  notify: z.array(z.tuple([z.enum(['progress', 'taskState']), z.unknown()])).optional(),
});
type Turn = z.infer<typeof Turn>;
const Script = z.record(z.string(), z.array(Turn).min(1));

const [socket = '', journal = '', given = '{}'] = process.argv.slice(2);
const script = Script.parse(JSON.parse(given));
const waiting: (() => void)[] = [];
const listeners = new Set<(event: Lifecycle) => void>();

function record(entry: object): void {
  appendFileSync(journal, `${JSON.stringify(entry)}\n`);
}

function nextTurn(name: string): Turn {
  const turns = script[name] ?? [];
  return (turns.length > 1 ? turns.shift() : turns[0]) ?? {};
}

async function play(name: string, turn: Turn, call: CallContext): Promise<unknown> {
  for (const [kind, params] of turn.notify ?? []) {
    if (kind === 'progress') call.progress(Progress.omit({ requestId: true }).parse(params));
    else call.taskState(TaskState.omit({ requestId: true }).parse(params));
  }
  if (turn.exit) process.exit(9);
  if (turn.hang) await untilAborted(name, call.signal);
  if (turn.together !== undefined) await together(turn.together);
  if (turn.error !== undefined) throw Object.assign(new Error(turn.error.message), turn.error);
  return 'result' in turn ? turn.result : Reflect.get(answers, name);
}

function untilAborted(name: string, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const give = () => {
      record({ aborted: name });
      reject(new Error('aborted'));
    };
    signal.addEventListener('abort', give, { once: true });
  });
}

async function together(count: number): Promise<void> {
  const released = new Promise<void>((resolve) => waiting.push(resolve));
  if (waiting.length >= count) for (const release of waiting.splice(0)) release();
  await released;
}

function fakeDriver(): DriverMethods {
  const handler = (name: string) => (params: unknown, call: CallContext) => {
    record({ call: name, params, request: call.request });
    return play(name, nextTurn(name), call);
  };
  return Object.fromEntries(Object.keys(methods).map((name) => [name, handler(name)]));
}

const server = await BridgeServer.listen({
  path: socket,
  version: '0.1.0',
  host: {
    open: async (params) => {
      record({ handshake: params });
      const { error } = nextTurn('handshake');
      if (error !== undefined) throw Object.assign(new Error(error.message), error);
      return fakeDriver();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  },
});
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const [, event] = z.tuple([z.literal('lifecycle'), Lifecycle]).parse(JSON.parse(line));
  for (const listener of listeners) listener(event);
}
await server.close(AbortSignal.abort());
