import type { PowerVMEvent } from '@openstack-powervm/rest';
import { Command, InvalidArgumentError } from 'commander';
import { seconds } from '../inspect/flags.js';
import { type ScopeFlags, withScope } from '../inspect/open-scope.js';
import type { Scope } from '../inspect/scope.js';
import { withScopeFlags } from '../inspect/scope-flags.js';
import { withManual } from '../manual.js';
import { jsonOf, type Row, textOf } from '../output/record.js';
import { writeOut } from '../output/writer.js';

interface Flags extends ScopeFlags {
  readonly json?: true;
  readonly follow?: true;
  readonly seconds: number;
  readonly count?: number;
}

/** `powervm event`: what happens on the console, as it happens. */
export function eventCommand(): Command {
  const list = new Command('list').description('show events as they come, for a while or until stopped');
  withScopeFlags(list)
    .option('-f, --follow', 'go on until stopped')
    .option('--seconds <number>', 'how long to listen without --follow', seconds, 10)
    .option('--count <number>', 'stop after so many events', wholeNumber);
  withManual(list, {
    notes:
      'A console queues events for a session from its logon on: earlier ones cannot be had. An event tells that an\n' +
      'object changed, never how. "resynchronise" means that events may have been missed; the first event always is\n' +
      'one. With --json every event is one line. --system has no effect: a console has one stream of events.',
    examples: [
      ['powervm event list --follow', 'until Ctrl-C'],
      ['powervm event list --follow --json | jq -r .uri', 'paths of the objects that change'],
    ],
  }).action((flags: Flags) => withScope(flags, 'event list', (scope) => listen(scope, flags)));
  const command = new Command('event').description('show the events of a REST server as they happen');
  return withManual(command.addCommand(list), {
    examples: [['powervm event list --follow', 'events as they come, until Ctrl-C']],
  });
}

async function listen({ session, call }: Scope, flags: Flags): Promise<void> {
  const enough = flags.follow ? [] : [AbortSignal.timeout(flags.seconds * 1000)];
  let left = flags.count ?? Number.POSITIVE_INFINITY;
  try {
    for await (const event of session.events({ signal: AbortSignal.any([call.signal, ...enough]) })) {
      const row = rowOf(event);
      await writeOut(flags.json ? `${jsonOf(row)}\n` : lineOf(row));
      left -= 1;
      if (left <= 0) return;
    }
  } catch (error) {
    if (!enough.some(({ aborted }) => aborted)) throw error;
  }
}

function rowOf({ kind, reason, uri, detail, data, rawDetail }: PowerVMEvent): Row {
  return {
    time: new Date().toISOString(),
    kind,
    reason,
    uri,
    detail,
    data: kind === 'custom' ? data : undefined,
    text: kind === 'custom' ? rawDetail : undefined,
  };
}

function lineOf({ time, kind, reason, uri, detail, data, text }: Row): string {
  const what = uri ?? reason ?? data;
  const how = text ?? (Array.isArray(detail) && detail.length > 0 ? textOf(detail) : '');
  return `${textOf(time)}  ${textOf(kind).padEnd(13)}  ${textOf(what)}  ${textOf(how)}`
    .replace(/ +-?$/, '')
    .concat('\n');
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('a positive whole number is wanted');
  return Number(text);
}
