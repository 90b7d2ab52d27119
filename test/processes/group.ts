import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Starts a server as the leader of a process group of its own. The group ends with this process at the latest, also
 * when this one is told to end because a test takes too long.
 */
export function startGroup(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const leader = spawn(command, args, { ...options, detached: true });
  const end = (): void => tell(leader, 'SIGKILL');
  const terminate = (): never => process.exit(143);
  process.on('exit', end);
  process.on('SIGTERM', terminate);
  leader.once('exit', () => {
    process.off('exit', end);
    process.off('SIGTERM', terminate);
  });
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
