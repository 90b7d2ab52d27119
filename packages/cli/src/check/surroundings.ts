import { X509Certificate } from 'node:crypto';
import { access, constants, readFile, stat } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import type { Finding } from '@openstack-powervm/compute';
import type { NovaConf } from './nova-conf.js';

const driver = 'powervm_ext.driver.PowerVMDriver';

/** What the driver needs of this machine: the right driver name, a folder for the socket, certificates, programs. */
export async function checkSurroundings(conf: NovaConf): Promise<Finding[]> {
  return [
    checkDriver(conf),
    await checkSocket(conf.socket),
    ...(await checkCertificates(conf, ['rest_ca_certs', ...x509Options(conf)])),
    await checkProgram(conf.isoProgram, 'config drives', 'install the package genisoimage'),
    await checkProgram(
      String(conf.values['mkvterm_command'] ?? ''),
      'consoles',
      'NovaLink brings it; without it servers have no console',
    ),
  ];
}

/** Options that name certificates of consoles, where they are used. */
function x509Options({ values }: NovaConf): string[] {
  return values['vnc_use_x509_auth'] === true ? ['vnc_ca_certs', 'vnc_server_cert'] : [];
}

function checkDriver({ computeDriver }: NovaConf): Finding {
  return computeDriver === driver
    ? good(`nova-compute loads ${driver}`)
    : bad(
        `[DEFAULT] compute_driver is "${computeDriver}"`,
        `set it to ${driver}, or nova-compute does not use PowerVM`,
      );
}

async function checkSocket(socket: string): Promise<Finding> {
  const folder = dirname(socket);
  if (await isSocket(socket)) return good(`the daemon's socket ${socket} is there`);
  if (await may(folder, constants.W_OK)) return good(`the daemon can make its socket in ${folder}`);
  return bad(
    `the folder ${folder} of [powervm] daemon_socket does not exist, or this user may not write to it`,
    'the unit of the daemon makes it (RuntimeDirectory); else make it for the user that runs the daemon',
  );
}

async function checkCertificates({ values }: NovaConf, names: readonly string[]): Promise<Finding[]> {
  const set = names
    .map((name) => [name, String(values[name] ?? '')] as const)
    .filter(([, path]) => path !== '');
  return Promise.all(set.map(([name, path]) => checkCertificate(name, path)));
}

async function checkCertificate(name: string, path: string): Promise<Finding> {
  try {
    const { subject, validTo } = new X509Certificate(await readFile(path));
    const text = `${name} ${path} holds ${subject.replaceAll('\n', ', ')}, valid until ${validTo}`;
    if (Date.parse(validTo) > Date.now()) return good(text);
    return bad(`${text}: it has expired`, 'get the present certificate');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return bad(`[powervm] ${name}: ${path} is no readable PEM certificate (${why})`, 'name a PEM file');
  }
}

/** A program by path, or by name on the search path. */
async function checkProgram(program: string, purpose: string, advice: string): Promise<Finding> {
  const places = isAbsolute(program)
    ? [program]
    : (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, program));
  for (const place of places) if (await may(place, constants.X_OK)) return good(`${purpose}: ${place}`);
  return { ...bad(`there is no program "${program}" for ${purpose}`, advice), level: 'warning' };
}

function may(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

async function isSocket(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isSocket() ?? false;
}

function good(text: string): Finding {
  return { level: 'ok', topic: 'surroundings', text };
}

function bad(text: string, advice: string): Finding {
  return { level: 'problem', topic: 'surroundings', text, advice };
}
