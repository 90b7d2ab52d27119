import { Agent, request } from 'node:http';
import { readDocument, writeDocument } from '@openstack-powervm/atom';
import { create, elementOf, LogonRequest, LogonResponse } from '@openstack-powervm/rest';

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/** Asks without our client, whose own cost must not count; answers with the body's length in bytes. */
export function bytesOf(url: string, token: string): Promise<number> {
  return send(url, 'GET', { 'X-API-Session': token }).then((body) => body.length);
}

/** Resolves with the token of a session. */
export async function logOn(url: string): Promise<string> {
  const body = create(LogonRequest, { userID: 'pvmadmin', password: 'pvmadmin-simulated' });
  const type = 'application/vnd.ibm.powervm.web+xml; type=LogonRequest';
  const answer = await send(
    `${url}/rest/api/web/Logon`,
    'PUT',
    { 'Content-Type': type },
    writeDocument(elementOf(body)),
  );
  return LogonResponse.lens(readDocument(answer)).apiSession ?? '';
}

/** Creates an object of a `uom` resource. */
export async function createObject(
  url: string,
  token: string,
  resource: string,
  body: string,
): Promise<void> {
  const type = `application/vnd.ibm.powervm.uom+xml; type=${resource}`;
  const headers = { 'X-API-Session': token, 'Content-Type': type };
  await send(`${url}/rest/api/uom/${resource}`, 'PUT', headers, body);
}

export function closeConnections(): void {
  agent.destroy();
}

function send(url: string, method: string, headers: Record<string, string>, body = ''): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent }, (incoming) => {
      const pieces: Buffer[] = [];
      incoming.on('data', (piece: Buffer) => pieces.push(piece));
      incoming.on('error', reject);
      incoming.on('end', () => {
        if (incoming.statusCode === 200) resolve(Buffer.concat(pieces));
        else reject(new Error(`${method} ${url} was answered ${incoming.statusCode}`));
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
