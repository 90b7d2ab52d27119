import { type Deployment, isRunning, readRecords, urlOf } from '@openstack-powervm/deploy';

/** Takes a service of the deployment away without a goodbye. */
export async function killService(deployment: Deployment, name: string): Promise<void> {
  const record = (await readRecords(deployment.paths)).find((each) => each.name === name);
  if (!record || !isRunning(record.process)) throw new Error(`${name} does not run`);
  // Each service leads a group of its own.
  process.kill(-record.process.pid, 'SIGKILL');
}

/** Lets the simulated REST server break every connection, before the request has an effect, until disposed of. */
export async function cutRestServer(deployment: Deployment): Promise<AsyncDisposable> {
  const faults = urlOf(deployment, 'powerSystem', '/simulator/faults');
  const tell = async (method: string, body?: string): Promise<void> => {
    const answer = await fetch(faults, { method, ...(body !== undefined && { body }) });
    if (!answer.ok) throw new Error(`${method} ${faults} was answered with ${answer.status}`);
  };
  await tell('PUT', JSON.stringify([{ path: '/rest/*', effect: { kind: 'reset', when: 'before' } }]));
  return { [Symbol.asyncDispose]: () => tell('DELETE') };
}
