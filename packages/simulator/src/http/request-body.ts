import type { IncomingMessage } from 'node:http';
import type { Call } from './call.js';

/** The body of a request, streamed or whole. */
export function requestBody(request: IncomingMessage): Pick<Call, 'body' | 'text'> {
  return { body: request, text: () => wholeText(request) };
}

async function wholeText(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
