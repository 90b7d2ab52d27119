import { createReadStream } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LogicalPartition, Session } from '@openstack-powervm/rest';
import { partitionProperties } from './readers.js';

/** Reads the LPAR feed of a server through a session, as a program would. */
export async function readOverHttp(url: string): Promise<{ entries: number; values: number }> {
  const session = await Session.open({
    endpoint: url,
    credentials: { kind: 'password', username: 'u', password: 'p' },
  });
  let entries = 0;
  let values = 0;
  try {
    for await (const { value } of session.stream(LogicalPartition)) {
      entries += 1;
      values += partitionProperties(value).filter((each) => each !== undefined).length;
    }
  } finally {
    await session.close();
  }
  return { entries, values };
}

/** Serves logon, logoff and one feed, with the headers of a real console: no charset, chunked. */
export async function serveFeed(file: string): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    request.resume();
    if (request.url?.startsWith('/rest/api/web/Logon') && request.method === 'PUT') {
      response.setHeader('X-MC-Type', 'PVM');
      response.setHeader('Content-Type', 'application/vnd.ibm.powervm.web+xml; type=LogonResponse');
      response.end(logon);
    } else if (request.method === 'DELETE') response.writeHead(204).end();
    else {
      response.setHeader('Content-Type', 'application/atom+xml');
      createReadStream(file).pipe(response);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { url: `http://127.0.0.1:${address.port}`, server };
}

const logon =
  '<LogonResponse xmlns="http://www.ibm.com/xmlns/systems/power/firmware/web/mc/2012_10/" schemaVersion="V1_1_0">' +
  '<Metadata><Atom/></Metadata><X-API-Session kb="ROR" kxe="false">bench</X-API-Session></LogonResponse>';
