import {
  type Deployment,
  openstackServices,
  readRecords,
  serviceStep,
  signalProcess,
} from '@openstack-powervm/deploy';

/** How long a service may take to be back, milliseconds. */
const limitMs = 120_000;

/** Kills a running service without warning and starts it again, as a supervisor would. */
export async function killAndRestart(deployment: Deployment, name: string): Promise<void> {
  const record = (await readRecords(deployment.paths)).find((each) => each.name === name);
  const service = openstackServices(deployment).find((each) => each.name === name);
  if (!record || !service) throw new Error(`no service ${name} runs`);
  signalProcess(record.process, 'SIGKILL');
  const { run } = serviceStep(deployment, service);
  await run({ signal: AbortSignal.timeout(limitMs), report: () => {} });
}
