import { CommandError, type Commands } from '../commands.js';

/** Network devices and Open vSwitch bridges of a NovaLink partition, as far as `ip` and `ovs-vsctl` are asked. */
export class FakeBridges implements Commands {
  /** Open vSwitch: bridge of each port, with what is set on its interface. */
  readonly ports: Map<string, { readonly bridge: string; settings: readonly string[] }>;
  /** Linux: every device with its settings. */
  readonly links = new Map<string, Record<string, string>>();
  readonly commands: string[] = [];

  constructor(
    readonly openVSwitches: readonly string[] = ['br-int'],
    ports: FakeBridges['ports'] = new Map(),
  ) {
    this.ports = structuredClone(ports);
  }

  async run(program: string, args: readonly string[]): Promise<string> {
    this.commands.push([program, ...args].join(' '));
    try {
      return program === 'ovs-vsctl' ? this.#vsctl(args) : this.#ip(args);
    } catch (thrown) {
      throw new CommandError([program, ...args], thrown instanceof Error ? thrown.message : String(thrown));
    }
  }

  #vsctl(args: readonly string[]): string {
    const [, ...groups] = args.join(' ').split(/ ?-- /);
    for (const group of groups) this.#vsctlCommand(group.split(' '));
    return args.includes('get') ? '1\n[]\n' : '';
  }

  #vsctlCommand([option = '', verb = '', ...rest]: readonly string[]): void {
    const [first = '', second = '', ...settings] = rest;
    if (verb === 'del-port') this.ports.delete(first);
    if (verb === 'add-port') {
      if (!this.openVSwitches.includes(first)) throw new Error(`ovs-vsctl: no bridge named ${first}`);
      this.ports.set(second, { bridge: first, settings: [] });
    }
    // set Interface NAME …
    if (option === 'set') {
      const port = this.ports.get(first);
      if (port) port.settings = [second, ...settings].filter((each) => each !== '');
    }
  }

  #ip([, verb = '', ...rest]: readonly string[]): string {
    const [kind = '', name = '', ...settings] = rest;
    if (verb === 'add') this.links.set(name, { type: settings[1] ?? '' });
    if (verb !== 'add' && !this.links.has(name)) throw new Error(`Device "${name}" does not exist.`);
    const link = this.links.get(name);
    if (verb === 'set' && link) link[settings[0] ?? kind] = settings[1] ?? '';
    return '';
  }
}
