import { type AgentKind, type AgentOptions, type Log, runAgent } from '@openstack-powervm/agents';

/** One agent of a host, that can be stopped and started again. */
export class AgentRunner {
  readonly log: string[] = [];
  #running: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined;

  private constructor(
    readonly agentType: string,
    private readonly run: (log: Log, signal: AbortSignal) => Promise<void>,
  ) {}

  static of<O extends AgentOptions>(kind: AgentKind<O>, configFiles: readonly string[]): AgentRunner {
    return new AgentRunner(kind.identity.agentType, (log, signal) =>
      runAgent(kind, { configFiles, log, signal }),
    );
  }

  start(): void {
    const stop = new AbortController();
    const ended = this.run(this.#logger(), stop.signal);
    ended.catch((error: unknown) => this.log.push(`error the agent ended: ${error}`));
    this.#running = { stop, ended };
  }

  async stop(): Promise<void> {
    this.#running?.stop.abort();
    await this.#running?.ended.catch(() => {});
    this.#running = undefined;
  }

  #logger(): Log {
    const add = (level: string) => (message: string, fields: unknown) => {
      if (level !== 'debug') this.log.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`);
    };
    return { debug: add('debug'), info: add('info'), warn: add('warn'), error: add('error') };
  }
}
