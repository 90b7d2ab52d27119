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
    ...(await checkCertificates(String(conf.values['rest_ca_certs'] ?? ''))),
    await checkProgram(conf.isoProgram),
  ];
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

async function checkCertificates(path: string): Promise<Finding[]> {
  if (path === '') return [];
  try {
    const { subject, validTo } = new X509Certificate(await readFile(path));
    const text = `rest_ca_certs ${path} holds ${subject.replaceAll('\n', ', ')}, valid until ${validTo}`;
    if (Date.parse(validTo) > Date.now()) return [good(text)];
    return [bad(`${text}: it has expired`, 'get the present certificate of the REST server')];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [
      bad(`[powervm] rest_ca_certs: ${path} is no readable PEM certificate (${why})`, 'name a PEM file'),
    ];
  }
}

async function checkProgram(program: string): Promise<Finding> {
  const places = isAbsolute(program)
    ? [program]
    : (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, program));
  for (const place of places) if (await may(place, constants.X_OK)) return good(`config drives: ${place}`);
  return {
    ...bad(`there is no program "${program}" to make config drives with`, 'install the package genisoimage'),
    level: 'warning',
  };
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
