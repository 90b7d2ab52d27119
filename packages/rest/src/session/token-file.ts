import { readFile } from 'node:fs/promises';
import { PowerVMError } from '../errors/error.js';

/** Reads the session token from the file that the console wrote for local users (protocol reference 1.4). */
export async function readTokenFile(path: string): Promise<string> {
  const token = (await readText(path)).trim();
  if (token) return token;
  throw new PowerVMError('PVM_TOKEN_FILE_UNUSABLE', `The session file ${path} is empty`);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
    const denied = reason === 'EACCES' || reason === 'EPERM';
    const code = denied ? 'PVM_TOKEN_FILE_DENIED' : 'PVM_TOKEN_FILE_UNUSABLE';
    throw new PowerVMError(code, `The session file ${path} cannot be read (${reason})`, { cause });
  }
}
