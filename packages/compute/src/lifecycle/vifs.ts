import type { OfInstance, Updates, Vif, WithVifs } from '../contract/index.js';
import { asDriverError, DriverError, sentenceOf } from '../errors/index.js';
import type { Operation } from '../flow/index.js';
import type { Host } from '../host/host.js';
import { plugVifs as plug, unplugVifs as unplug } from '../network/plug.js';
import { findPartition, isMissing, partitionOf, readPartition } from '../partition/partition.js';

/**
 * Makes sure that the adapters of an instance exist. Nova asks for every instance at start, where any error but this
 * one would stop the service, so every error becomes it (VIF-6, L-105).
 */
export async function plugVifs(host: Host, operation: Operation, params: WithVifs): Promise<Updates> {
  const { instance, vifs } = params;
  try {
    const partition = partitionOf(await readPartition(host.session, instance.uuid, operation));
    await plug(host, partition, vifs, operation);
    return {};
  } catch (thrown) {
    throw new DriverError(
      'PVM_VIF_PLUG_FAILED',
      `The network interfaces of instance ${instance.uuid} could not be plugged: ${sentenceOf(thrown)}`,
      { instanceUuid: instance.uuid },
      thrown,
    );
  }
}

/** Removes adapters; an instance without partition has none (VIF-9). */
export async function unplugVifs(host: Host, operation: Operation, params: WithVifs): Promise<Updates> {
  const { instance, vifs } = params;
  try {
    const entity = await findPartition(host.session, instance.uuid, operation);
    if (entity) await unplug(host, partitionOf(entity), vifs, operation);
    else operation.log.warn(`Instance ${instance.uuid} has no partition, so nothing is unplugged`);
    return {};
  } catch (thrown) {
    if (isMissing(thrown)) return {};
    throw detachFailure(thrown, instance.uuid);
  }
}

export interface InterfaceParams extends OfInstance {
  readonly vif: Vif;
}

/** Adds one adapter to an existing partition (VIF-13). */
export async function attachInterface(
  host: Host,
  operation: Operation,
  params: InterfaceParams,
): Promise<Updates> {
  const { instance, vif } = params;
  try {
    const partition = partitionOf(await readPartition(host.session, instance.uuid, operation));
    await plug(host, partition, [vif], operation);
    return {};
  } catch (thrown) {
    if (isMissing(thrown)) throw thrown;
    throw asDriverError(
      thrown,
      'PVM_INTERFACE_ATTACH_FAILED',
      `Port ${vif.id} could not be attached to instance ${instance.uuid}`,
    );
  }
}

/** Removes one adapter. Nova asks twice for each detach, so one that is gone is success (captures, fact 14). */
export async function detachInterface(
  host: Host,
  operation: Operation,
  params: InterfaceParams,
): Promise<Updates> {
  return unplugVifs(host, operation, { instance: params.instance, vifs: [params.vif] });
}

function detachFailure(thrown: unknown, instanceUuid: string): DriverError {
  return new DriverError(
    'PVM_INTERFACE_DETACH_FAILED',
    `The network interfaces of instance ${instanceUuid} could not be unplugged: ${sentenceOf(thrown)}`,
    { instanceUuid },
    thrown,
  );
}
