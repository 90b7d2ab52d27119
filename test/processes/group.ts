import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Groups that end with this process at the latest, also when it is told to end because a test takes too long. */
const leaders = new Set<ChildProcess>();
process.on('exit', () => {
  for (const leader of leaders) tell(leader, 'SIGKILL');
});
process.on('SIGTERM', () => process.exit(143));

/** Starts a server as the leader of a process group of its own. */
export function startGroup(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const leader = spawn(command, args, { ...options, detached: true });
  leaders.add(leader);
  leader.once('exit', () => leaders.delete(leader));
  return leader;
}

/** Ends a group and waits for its leader; one that has ended is no error. */
export async function stopGroup(
  leader: ChildProcess | undefined,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<void> {
  if (leader?.pid === undefined || leader.exitCode !== null || leader.signalCode !== null) return;
  const ended = once(leader, 'exit');
  tell(leader, signal);
  await ended;
}

function tell({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid !== undefined) process.kill(-pid, signal);
}
