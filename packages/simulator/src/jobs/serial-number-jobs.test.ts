import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  LogicalPartition,
  ManagedSystem,
  type Session,
  VirtualSerialNumberInformation,
} from '@openstack-powervm/rest';
import { createPartition, refused } from '../testing/client.js';
import { failure, migrationJob, openCouple } from '../testing/migration-steps.js';

async function systemId(session: Session): Promise<string> {
  const [system] = await session.list(ManagedSystem);
  return system?.id ?? '';
}

/** Number → partition id and whether it may be assigned by itself. */
async function serials(session: Session): Promise<Record<string, [number | undefined, boolean | undefined]>> {
  const parent = { type: ManagedSystem, id: await systemId(session) };
  const found = await session.list(VirtualSerialNumberInformation, { parent });
  return Object.fromEntries(
    found.map(({ value }) => [
      value.virtualSerialNumber ?? '',
      [value.associatedPartitionId, value.isAutoAssignCapable],
    ]),
  );
}

async function job(session: Session, operation: string, parameters: Record<string, string>) {
  return session.runJob({ type: ManagedSystem, id: await systemId(session), operation, parameters });
}

test('virtual serial numbers are added, given to partitions, taken back and removed', async (t) => {
  const { first, guest } = await openCouple(t);
  for (const number of ['ZCE0HF0', 'ZCE0HF1']) await job(first, 'AddVSN', { VirtualSerialNumber: number });
  assert.match(await failure(job(first, 'AddVSN', { VirtualSerialNumber: 'ZCE0HF0' })), /already has/);
  assert.match(await failure(job(first, 'AddVSN', { VirtualSerialNumber: 'short' })), /seven/);
  assert.deepEqual(await serials(first), { ZCE0HF0: [65535, true], ZCE0HF1: [65535, true] });
  const carry = async (number: string) => {
    const fresh = await first.get(LogicalPartition, guest.id);
    return first.update(fresh, (value) => {
      value.virtualSerialNumber = number;
    });
  };
  const { value } = await carry('ZCE0HF1');
  assert.equal(value.virtualSerialNumber, 'ZCE0HF1');
  assert.deepEqual((await serials(first))['ZCE0HF1'], [value.partitionID, false]);
  assert.match(await refused(carry('ZZZZZZZ'), 404), /no virtual serial number ZZZZZZZ/);
  assert.match(
    await failure(job(first, 'RemoveVSN', { VirtualSerialNumber: 'ZCE0HF1' })),
    /belongs to partition guest/,
  );
  assert.equal((await carry('auto')).value.virtualSerialNumber, 'ZCE0HF0');
  assert.match(await refused(carry('auto'), 409), /no virtual serial number to assign/);
  await job(first, 'RemoveVSN', { VirtualSerialNumber: 'ZCE0HF0', ResetAutoAssign: 'true' });
  assert.deepEqual((await serials(first))['ZCE0HF0'], [65535, true]);
  assert.equal((await first.get(LogicalPartition, guest.id)).value.virtualSerialNumber, undefined);
  await carry('ZCE0HF0');
  await first.delete({ type: LogicalPartition, id: guest.id });
  await job(first, 'RemoveVSN', { VirtualSerialNumber: 'ZCE0HF0' });
  assert.deepEqual(Object.keys(await serials(first)), ['ZCE0HF1']);
});

test('a virtual serial number goes to another system, by itself or with its partition', async (t) => {
  const { first, second, guest } = await openCouple(t);
  for (const number of ['ZCE0HF0', 'ZCE0HF1']) await job(first, 'AddVSN', { VirtualSerialNumber: number });
  const receiver = await createPartition(second, 'receiver');
  await job(first, 'TransferVSN', {
    VirtualSerialNumber: 'ZCE0HF0',
    TargetManagedSystem: 'sim2',
    UserName: 'wlp',
    Host: '127.0.0.1',
    TargetLparID: String(receiver.value.partitionID),
  });
  assert.deepEqual(Object.keys(await serials(first)), ['ZCE0HF1']);
  assert.equal((await second.get(LogicalPartition, receiver.id)).value.virtualSerialNumber, 'ZCE0HF0');
  await first.update(await first.get(LogicalPartition, guest.id), (value) => {
    value.virtualSerialNumber = 'ZCE0HF1';
  });
  await migrationJob(first, guest, 'Migrate');
  assert.deepEqual(Object.keys(await serials(first)), []);
  assert.equal((await second.get(LogicalPartition, guest.id)).value.virtualSerialNumber, 'ZCE0HF1');
});
