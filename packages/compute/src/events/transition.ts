/** What happened to an instance, in the words of Nova's lifecycle events. */
export type Transition = 'started' | 'stopped' | 'suspended' | 'resumed';

const transitions: ReadonlyMap<string, Transition> = new Map([
  ['running', 'started'],
  ['starting', 'started'],
  ['open firmware', 'started'],
  ['migrating running', 'started'],
  ['not activated', 'stopped'],
  ['error', 'stopped'],
  ['unknown', 'stopped'],
  ['suspending', 'suspended'],
  ['resuming', 'resumed'],
]);

/**
 * The transition that a partition state stands for; states on the way to another one say nothing yet (EV-6). Nova
 * itself leaves an event without effect when it knows that power state already or is working on the server (EV-7).
 */
export function transitionOf(partitionState: string | undefined): Transition | undefined {
  return transitions.get(partitionState?.toLowerCase() ?? '');
}
