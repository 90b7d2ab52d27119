import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Console } from '../console/console.js';
import type { Answer } from './call.js';

/** Headers of every answer (protocol reference 1.7). `X-MC-Type` tells NovaLink from an HMC, which has none. */
function commonHeaders(kind: Console['kind'] | undefined, transaction: number): Record<string, string> {
  return {
    'X-Powered-By': 'Servlet/3.1',
    'X-HMC-Schema-Version': 'V1_3_0',
    'X-Transaction-ID': `XT${transaction}`,
    'Cache-Control': 'no-transform, must-revalidate, proxy-revalidate, no-cache=set-cookie',
    ...(kind === 'HMC' ? {} : { 'X-MC-Type': 'PVM' }),
  };
}

export async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  kind: Console['kind'] | undefined,
  transaction: number,
): Promise<void> {
  const headers: Record<string, string | number> = { ...commonHeaders(kind, transaction), ...answer.headers };
  if (answer.type !== undefined) headers['Content-Type'] = answer.type;
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  if (body === undefined || body instanceof Uint8Array) {
    const bodiless = answer.status === 204 || answer.status === 304;
    if (!bodiless) headers['Content-Length'] = body?.byteLength ?? 0;
    response.writeHead(answer.status, headers);
    response.end(bodiless ? undefined : body);
  } else {
    response.writeHead(answer.status, headers);
    await stream(response, body);
  }
  // What a refused client still sends is read and thrown away, or it would never read the refusal.
  if (!request.complete) request.resume();
}

async function stream(response: ServerResponse, body: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const piece of body) {
      if (response.destroyed) return;
      if (!response.write(piece)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
    response.end();
  } catch (error) {
    response.destroy(error instanceof Error ? error : undefined);
  }
}
