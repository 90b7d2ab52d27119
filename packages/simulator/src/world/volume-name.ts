import type { VirtualIOServer } from './vios.js';

/** What the operating system calls a new disk: hdisk3, or /dev/sdd on NovaLink. */
export function nextName(vios: VirtualIOServer): string {
  const number = vios.deviceNumbers.hdisk.next();
  return vios.isManagement ? `/dev/sd${letters(number)}` : `hdisk${number}`;
}

/** Nobody else gets this name. */
export function takeName(vios: VirtualIOServer, name: string): void {
  vios.deviceNumbers.hdisk.take(numberOf(name));
}

export function releaseName(vios: VirtualIOServer, name: string): void {
  vios.deviceNumbers.hdisk.release(numberOf(name));
}

/** 0 is `a`, 26 is `aa`. */
export function letters(number: number): string {
  const letter = String.fromCharCode(97 + (number % 26));
  return number < 26 ? letter : letters(Math.floor(number / 26) - 1) + letter;
}

function numberOf(name: string): number {
  const [, linux] = /^\/dev\/sd([a-z]+)$/.exec(name) ?? [];
  if (linux === undefined) return Number(name.slice('hdisk'.length));
  return [...linux].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 96, 0) - 1;
}
