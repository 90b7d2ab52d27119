import type { DriverErrorCode } from './table.js';

const codes: ReadonlyMap<string, DriverErrorCode> = new Map([
  ...all('PVM_DESTROY_FAILED', 'destroy', 'undoSpawn', 'cleanup'),
  ...all('PVM_RESIZE_REFUSED', 'migrateDiskAndPowerOff', 'finishMigration'),
  ...all('PVM_RESIZE_REFUSED', 'confirmMigration', 'finishRevertMigration'),
  ...all('PVM_POWER_ON_FAILED', 'powerOn'),
  ...all('PVM_POWER_OFF_FAILED', 'powerOff'),
  ...all('PVM_REBOOT_FAILED', 'reboot'),
  ...all('PVM_INTERFACE_ATTACH_FAILED', 'attachInterface'),
  ...all('PVM_INTERFACE_DETACH_FAILED', 'detachInterface'),
]);

function all(code: DriverErrorCode, ...operations: string[]) {
  return operations.map((operation) => [operation, code] as const);
}

/** What the failure of an operation is called when nothing more is known of it (requirements 22.1). */
export function failureCodeOf(operation: string): DriverErrorCode {
  return codes.get(operation) ?? 'PVM_REST_FAILED';
}
