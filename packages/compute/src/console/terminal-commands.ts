import { type ExecFileException, execFile } from 'node:child_process';
import { DriverError } from '../errors/index.js';
import type { CallOptions } from '../flow/index.js';
import type { Partition } from '../partition/partition.js';

/** What opens and closes the virtual terminals of partitions: on NovaLink two commands (protocol reference 8.16). */
export interface TerminalCommands {
  /**
   * Makes the terminal of a partition reachable and gives its VNC port on this machine; one that is open stays open.
   * Throws `PVM_CONSOLE_UNAVAILABLE`.
   */
  open(partition: Pick<Partition, 'id' | 'name' | 'type'>, call: CallOptions): Promise<number>;
  /** Closes the terminal of the partition with this short id; false when there was none. */
  close(partitionId: number, call: CallOptions): Promise<boolean>;
}

/** How long one of the commands may take, milliseconds. */
const limitMs = 60_000;

/** mkvterm's exit code for a terminal that was open before. */
const ALREADY_OPEN = 3;

/** The code page of an IBM i terminal unless told otherwise. */
const IBMI_CODE_PAGE = '037';

interface Ending {
  readonly code: number;
  readonly output: string;
  readonly complaint: string;
}

/** NovaLink's own `mkvterm` and `rmvterm`, or programs that behave like them. */
export class NovaLinkCommands implements TerminalCommands {
  readonly #mkvterm: string;
  readonly #rmvterm: string;

  /** Names or paths of the two programs. */
  constructor(mkvterm: string, rmvterm: string) {
    this.#mkvterm = mkvterm;
    this.#rmvterm = rmvterm;
  }

  async open(partition: Pick<Partition, 'id' | 'name' | 'type'>, call: CallOptions): Promise<number> {
    const args = ['--id', `${partition.id}`, '--vnc', '--local'];
    if (partition.type === 'OS400') args.push('--consolesettings', `codepage=${IBMI_CODE_PAGE}`);
    let ending = await run(this.#mkvterm, args, call);
    if (ending.code === ALREADY_OPEN && portOf(ending) === undefined) {
      // Somebody else holds it, such as a console of the service processor: it is taken over.
      await this.close(partition.id, call);
      ending = await run(this.#mkvterm, args, call);
    }
    const port = portOf(ending);
    if (port !== undefined && (ending.code === 0 || ending.code === ALREADY_OPEN)) return port;
    throw refusal(this.#mkvterm, partition, ending);
  }

  async close(partitionId: number, call: CallOptions): Promise<boolean> {
    return (await run(this.#rmvterm, ['--id', `${partitionId}`], call)).code === 0;
  }
}

/** The port is the first line, and nothing else is in it. */
function portOf({ output }: Ending): number | undefined {
  const [line = ''] = output.split('\n', 1);
  const port = /^\d{1,5}$/.test(line.trim()) ? Number(line) : 0;
  return port > 0 && port < 65_536 ? port : undefined;
}

function run(command: string, args: readonly string[], { signal }: CallOptions): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const options = { timeout: limitMs, ...(signal ? { signal } : {}) };
    execFile(command, args, options, (error, output, complaint) => {
      if (error === null) return resolve({ code: 0, output, complaint });
      if (typeof error.code === 'number') return resolve({ code: error.code, output, complaint });
      reject(signal?.aborted ? error : notRun(command, error));
    });
  });
}

function notRun(command: string, error: ExecFileException): DriverError {
  const why = error.killed
    ? `was not done after ${limitMs / 1000} seconds`
    : `cannot be run (${error.code ?? error.message})`;
  return new DriverError(
    'PVM_CONSOLE_UNAVAILABLE',
    `The command ${command} ${why}. Consoles need the compute daemon on the NovaLink partition; ` +
      'see [powervm] mkvterm_command and rmvterm_command',
    { command },
    error,
  );
}

function refusal(command: string, { id, name }: Pick<Partition, 'id' | 'name'>, ending: Ending): DriverError {
  const said = ending.complaint.trim() || ending.output.trim() || 'it gave no reason';
  return new DriverError(
    'PVM_CONSOLE_UNAVAILABLE',
    `The terminal of partition ${name} (id ${id}) could not be opened: ${command} ended with exit code ` +
      `${ending.code}: ${said}`,
    { command, partitionId: id, exitCode: ending.code },
  );
}
