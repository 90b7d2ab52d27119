import { BridgeServer, DriverKeeper } from '@openstack-powervm/bridge';
import { Driver, LinuxBlockDevices, systemClock } from '@openstack-powervm/compute';
import { GlanceClient, HttpClient } from '@openstack-powervm/oslo';
import { Command, Option } from 'commander';
import { openConsole } from '../console.js';
import { daemonMeanings } from '../exit-status.js';
import { aborted, untilStopped } from '../lifetime.js';
import { type Log, openLog } from '../log.js';
import { type LogFlags, logOptionsOf, withLogOptions } from '../log-options.js';
import { type Manual, withManual } from '../manual.js';
import { type MetricsAddress, withMetricsOption } from '../metrics/address.js';
import { withMetrics } from '../metrics/serve.js';
import { RequestScope } from '../request-scope.js';
import { logRest } from '../rest-log.js';
import { VERSION } from '../version.js';
import { computeCheckCommand } from './compute-check.js';

interface Flags extends LogFlags {
  readonly socket: string;
  readonly metrics?: MetricsAddress;
  readonly deviceRoot: string;
}

const manual: Manual = {
  notes:
    "The daemon needs no configuration of its own: nova-compute's plug-in connects to the socket and hands over the\n" +
    '[powervm] options of nova.conf. SIGTERM lets running operations end first.',
  examples: [
    ['powervm compute', 'as the systemd unit runs it'],
    ['powervm compute --socket /run/powervm/compute.sock --log-format json', 'logs for programs'],
    ['powervm compute --metrics 127.0.0.1:9736', 'metrics for Prometheus'],
  ],
  statuses: daemonMeanings,
};

/** Serves the compute driver to nova-compute's plug-in until it is stopped. */
export function computeCommand(): Command {
  const command = new Command('compute')
    .description('run the compute daemon, which nova-compute drives through its plug-in')
    .addOption(
      new Option('--socket <path>', 'where the plug-in connects; [powervm] daemon_socket in nova.conf')
        .default('/run/openstack-powervm/compute.sock')
        .env('POWERVM_COMPUTE_SOCKET'),
    )
    .addOption(
      new Option('--device-root <dir>', 'where dev and sys are; another than / only beside a simulator')
        .default('/')
        .env('POWERVM_COMPUTE_DEVICE_ROOT'),
    );
  return withManual(withLogOptions(withMetricsOption(command)), manual)
    .addCommand(computeCheckCommand())
    .action((flags: Flags) => untilStopped((signal) => start(flags, signal)));
}

function start(flags: Flags, signal: AbortSignal): Promise<void> {
  const log = openLog('powervm-compute', logOptionsOf(flags));
  return withMetrics(flags.metrics, ['driver', 'rest', 'process'], log, () => serve(flags, log, signal));
}

async function serve(flags: Flags, log: Log, signal: AbortSignal): Promise<void> {
  const http = new HttpClient();
  const requests = new RequestScope();
  const stopLogging = logRest(log, () => requests.fields);
  const keeper = new DriverKeeper((options, nova) => {
    log.info('a nova-compute has connected', { host: nova.host, endpoint: options.rest_endpoint });
    const driver = new Driver(options, nova, {
      openSession: (call) => openConsole(options, call),
      images: new GlanceClient(http),
      devices: new LinuxBlockDevices(flags.deviceRoot, systemClock),
      log,
    });
    return requests.around(driver);
  });
  try {
    await using server = await BridgeServer.listen({ path: flags.socket, host: keeper, version: VERSION });
    log.info('listening', { socket: server.path, version: VERSION });
    await aborted(signal);
    log.info('stopping: running operations may end first');
  } finally {
    await release(keeper, log);
    http.close();
    stopLogging();
  }
}

async function release(keeper: DriverKeeper, log: Log): Promise<void> {
  await keeper
    .close()
    .catch((error: unknown) => log.warn('the platform was not released', { error: String(error) }));
  log.info('stopped');
}
