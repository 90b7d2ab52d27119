import { type Entity, type Lens, LogicalUnit, type Session, Tier } from '@openstack-powervm/rest';
import type { CallOptions } from '../../flow/index.js';
import { isMissing } from '../../partition/partition.js';

export type UnitEntity = Entity<typeof LogicalUnit>;

export const diskType = 'VirtualIO_Disk';
export const imageType = 'VirtualIO_Image';

/** A logical unit to be made. */
export interface UnitRequest {
  readonly name: string;
  readonly type: typeof diskType | typeof imageType;
  readonly sizeGb: number;
  /** UDID of the image it starts as a copy of. */
  readonly clonedFrom?: string | undefined;
}

/** The logical units of one tier. */
export class Units {
  readonly #session: Session;
  readonly #parent: { readonly type: typeof Tier; readonly id: string };

  constructor(session: Session, tierId: string) {
    this.#session = session;
    this.#parent = { type: Tier, id: tierId };
  }

  async list(call: CallOptions): Promise<UnitEntity[]> {
    return this.#session.list(LogicalUnit, { ...call, parent: this.#parent });
  }

  async create({ name, type, sizeGb, clonedFrom }: UnitRequest, call: CallOptions): Promise<UnitEntity> {
    const init = {
      thinDevice: true,
      unitCapacity: sizeGb,
      logicalUnitType: type,
      clonedFrom,
      unitName: name,
    };
    return this.#session.create(LogicalUnit, init, { ...call, parent: this.#parent });
  }

  /**
   * Makes a unit larger, never smaller. The protocol reference (3.18) has capacities set at creation only, so a console
   * may refuse.
   */
  async grow({ id }: UnitEntity, sizeGb: number, call: CallOptions): Promise<void> {
    const edit = (unit: Lens<typeof LogicalUnit>): boolean => {
      if ((unit.unitCapacity ?? 0) >= sizeGb) return false;
      unit.unitCapacity = sizeGb;
      return true;
    };
    await this.#session.commit(LogicalUnit, id, ['None'], edit, { ...call, parent: this.#parent });
  }

  /** A unit that is gone is no error (SSPIMG-4). */
  async delete({ id }: UnitEntity, call: CallOptions): Promise<void> {
    try {
      await this.#session.delete({ type: LogicalUnit, id, parent: this.#parent }, call);
    } catch (thrown) {
      if (!isMissing(thrown)) throw thrown;
    }
  }
}

/** True when a unit was cloned from an image; the two-digit prefix differs (protocol reference 3.18). */
export function isCloneOf({ value }: UnitEntity, image: UnitEntity): boolean {
  const source = value.clonedFrom?.slice(2);
  return source !== undefined && source !== '' && source === image.value.uniqueDeviceID?.slice(2);
}
