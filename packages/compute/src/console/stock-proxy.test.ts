import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { selfSigned } from '../../../rest/dist/testing/certificate.js';
import { exampleCall, Rig } from '../testing/rig.js';

const run = promisify(execFile);
const python = '/usr/bin/python3';

const skip = await run(python, ['-c', 'import nova.console.securityproxy.rfb']).then(
  () => false,
  () => "Debian's Nova is not installed",
);

/** Nova's own security proxy between a viewer that says what noVNC says, and our port; prints the desktop's name. */
const program = `
import socket, sys
import nova.conf
from nova.console.securityproxy import rfb
host, port, ca, cert, key = sys.argv[1:]
CONF = nova.conf.CONF
CONF([], project='nova', default_config_files=[], default_config_dirs=[])
CONF.set_override('auth_schemes', ['vencrypt'], group='vnc')
CONF.set_override('vencrypt_ca_certs', ca, group='vnc')
CONF.set_override('vencrypt_client_cert', cert, group='vnc')
CONF.set_override('vencrypt_client_key', key, group='vnc')
ours, tenant = socket.socketpair()
ours.sendall(b'RFB 003.008\\n' + b'\\x01')
sock = rfb.RFBSecurityProxy().connect(tenant, socket.create_connection((host, int(port))))
def take(count):
    data = b''
    while len(data) < count:
        data += sock.recv(count - len(data))
    return data
assert take(4) == bytes(4)
sock.sendall(b'\\x01')
print(sock.version(), take(int.from_bytes(take(24)[20:], 'big')).decode())
`;

test("C02 stock Nova's proxy reaches a console over TLS with its certificate", { skip }, async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'powervm-proxy-'));
  t.after(() => rm(directory, { recursive: true }));
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(directory, name), text);
    return join(directory, name);
  };
  const [server, proxy] = [selfSigned(), selfSigned()];
  await using rig = await Rig.open({
    terminals: true,
    options: {
      vnc_use_x509_auth: true,
      vnc_ca_certs: await file('proxies.pem', proxy.cert),
      vnc_server_cert: await file('server.pem', server.cert),
      vnc_server_key: await file('server.key', server.key),
    },
  });
  const deployment = await rig.deployment({ image: rig.images.add(1 << 20) });
  await rig.driver.spawn(deployment, exampleCall());
  const { instance } = deployment;
  const { host, port } = await rig.driver.getVncConsole({ instance }, exampleCall());
  const files = ['server.pem', await file('proxy.pem', proxy.cert), await file('proxy.key', proxy.key)];
  const [ca = '', ...own] = files;
  const { stdout } = await run(python, ['-c', program, host, `${port}`, join(directory, ca), ...own]);
  assert.equal(stdout.trim(), `TLSv1.3 ${rig.partition(instance)?.name}`);
});
