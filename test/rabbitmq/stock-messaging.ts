import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const PYTHON = '/usr/bin/python3';

/** Why the real oslo.messaging cannot take part, or undefined. */
export const missingStock: string | undefined =
  spawnSync(PYTHON, ['-c', 'import oslo_messaging']).status === 0
    ? undefined
    : `no oslo.messaging for ${PYTHON}`;

const COMMON = `
import json, logging, sys
import oslo_messaging
from oslo_config import cfg
logging.disable(logging.CRITICAL)
conf = cfg.CONF
conf([], project='test', default_config_files=[])
oslo_messaging.set_transport_defaults('neutron')
transport = oslo_messaging.get_rpc_transport(conf, url=sys.argv[1])
def tell(value):
    print(json.dumps(value), flush=True)
`;

const SERVER = `${COMMON}
class Endpoint(object):
    target = oslo_messaging.Target(version='1.3')
    def echo(self, context, **args):
        return {'args': args, 'is_admin': context.get('is_admin')}
    def fail(self, context):
        raise ValueError('no such thing')
    def note(self, context, text):
        tell({'noted': text})
server = oslo_messaging.get_rpc_server(
    transport, oslo_messaging.Target(topic='stock', server='py'), [Endpoint()], executor='threading')
server.start()
tell('ready')
sys.stdin.read()
server.stop()
server.wait()
`;

const CLIENT = `${COMMON}
client = oslo_messaging.get_rpc_client(transport, oslo_messaging.Target(topic='ours', version='1.0'), timeout=20)
tell(client.call({}, 'sum', a=2, b=3))
tell(client.prepare(server='node').call({}, 'sum', a=20, b=3))
try:
    client.call({}, 'missing')
except oslo_messaging.RemoteError as error:
    tell(['remote', error.exc_type, error.value])
try:
    client.call({}, 'fail')
except RuntimeError as error:
    tell(['builtin', str(error).strip()])
client.prepare(fanout=True).cast({'is_admin': True}, 'note', text='to all')
client.cast({}, 'note', text='to one')
tell('done')
`;

/** A Python process that speaks the real oslo.messaging and prints one JSON value per line. */
export class StockPeer implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(program: string, url: string) {
    this.#process = spawn(PYTHON, ['-c', program, url], { stdio: ['pipe', 'pipe', 'inherit'] });
    const { stdout } = this.#process;
    if (!stdout) throw new Error('the process has no output');
    this.#lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  }

  static server(url: string): StockPeer {
    return new StockPeer(SERVER, url);
  }

  static client(url: string): StockPeer {
    return new StockPeer(CLIENT, url);
  }

  /** The next value that the process prints. */
  async next(): Promise<unknown> {
    const line = await this.#lines.next();
    if (line.done) throw new Error('the Python process has ended');
    return JSON.parse(line.value);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.stdin?.end();
    this.#process.kill();
    await ended;
  }
}
