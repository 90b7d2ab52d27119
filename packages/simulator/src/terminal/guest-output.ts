import { systemMtms } from '../world/managed-system.js';
import type { AnyPartition } from '../world/partition.js';

/** What a partition prints on its console when it reaches a state. */
export function outputOf(partition: AnyPartition): string {
  switch (partition.state) {
    case 'not activated':
      return 'The partition is not activated.\r\n';
    case 'starting':
      return `\r\nPowerVM simulated firmware ${systemMtms(partition.system)}\r\nPartition ${partition.id} ${partition.name}\r\n`;
    case 'open firmware':
      return firmware(partition);
    case 'running':
      return operatingSystem(partition);
    case 'shutting down':
      return '\r\nThe system is going down.\r\n';
    default:
      return `\r\n[${partition.state}]\r\n`;
  }
}

function firmware(partition: AnyPartition): string {
  const memory = `memory      keyboard     network     scsi     speaker\r\n`;
  return `${memory}1 = SMS Menu    8 = Open Firmware Prompt\r\nBoot mode: ${partition.bootMode}\r\nok\r\n`;
}

function operatingSystem(partition: AnyPartition): string {
  const { desired } = partition.memory.current;
  return `Elapsed time since release of system processors: 1 second\r\nBooting from vdevice, ${desired} MB memory\r\n\r\n${partition.name} login: `;
}

/** What the partition answers to what somebody types: an echo, and a new prompt behind each line. */
export function echoOf(partition: AnyPartition, typed: string): string {
  if (partition.state === 'not activated') return '';
  const prompt = partition.state === 'running' ? `${partition.name} login: ` : 'ok\r\n';
  return [...typed]
    .map((character) => {
      if (character === '\r') return `\r\n${prompt}`;
      return character === '\b' ? '\b \b' : character;
    })
    .join('');
}
