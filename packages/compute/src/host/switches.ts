import { ManagedSystem, type Session, VirtualSwitch } from '@openstack-powervm/rest';
import type { CallOptions } from '../flow/index.js';

/** A virtual switch. */
export interface SwitchFacts {
  readonly name: string;
  readonly switchId: number;
  readonly href: string;
}

/** Finds virtual switches by name. They hardly ever change, so a hit is remembered; a miss looks again. */
export class VirtualSwitches {
  readonly #session: Session;
  readonly #systemId: string;
  #known = new Map<string, SwitchFacts>();

  constructor(session: Session, systemId: string) {
    this.#session = session;
    this.#systemId = systemId;
  }

  /** Something about the switches has changed. */
  forget(): void {
    this.#known = new Map();
  }

  async find(name: string, call: CallOptions): Promise<SwitchFacts | undefined> {
    if (!this.#known.has(name)) await this.#read(call);
    return this.#known.get(name);
  }

  /** Makes a switch that bridges, and tells how to reach it; undefined when the console does not list it then. */
  async create(name: string, call: CallOptions): Promise<SwitchFacts | undefined> {
    const parent = { type: ManagedSystem, id: this.#systemId };
    await this.#session.create(VirtualSwitch, { switchName: name, switchMode: 'Veb' }, { ...call, parent });
    this.forget();
    return this.find(name, call);
  }

  async #read(call: CallOptions): Promise<void> {
    const parent = { type: ManagedSystem, id: this.#systemId };
    const switches = await this.#session.list(VirtualSwitch, { ...call, parent });
    this.#known = new Map(
      switches.map(({ path, value }) => {
        const name = plainName(value.switchName ?? '');
        const href = `${this.#session.endpoint}${path.split('?')[0]}`;
        return [name, { name, switchId: value.switchID ?? 0, href }];
      }),
    );
  }
}

/** An HMC writes `ETHERNET0(Default)` where NovaLink writes `ETHERNET0` (protocol reference 3.6). */
function plainName(name: string): string {
  return name.replace(/\(Default\)$/, '');
}
