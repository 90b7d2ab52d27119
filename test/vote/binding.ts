import { setTimeout as sleep } from 'node:timers/promises';
import type { Cloud } from '@openstack-powervm/deploy';
import { z } from 'zod';
import type { Ground } from '../tempest/prepare.js';

const providerList = z.object({ resource_providers: z.array(z.object({ uuid: z.string() })) });
const providerTraits = z.object({ traits: z.array(z.string()), resource_provider_generation: z.int() });
const flavorDetail = z.object({
  flavor: z.object({
    id: z.string(),
    ram: z.int(),
    vcpus: z.int(),
    disk: z.int(),
    'OS-FLV-EXT-DATA:ephemeral': z.int(),
    swap: z.union([z.int(), z.literal('').transform(() => 0)]),
    extra_specs: z.record(z.string(), z.string()).default({}),
  }),
});
const flavorList = z.object({ flavors: z.array(z.object({ id: z.string(), name: z.string() })) });
const created = z.object({ flavor: z.object({ id: z.string() }) });

/** How often a provider's traits are written again when somebody else wrote them in between, and the pause, milliseconds. */
const conflicts = { attempts: 5, pauseMs: 500 };

/**
 * Sends the servers of a run to one compute host: a trait of its own on the host's resource provider, and flavors that
 * require it. Tempest has no option for that.
 */
export class HostBinding {
  readonly #cloud: Cloud;
  /** Name of the hypervisor, which is that of its resource provider. */
  readonly hypervisor: string;
  readonly #trait: string;
  readonly #flavorPrefix: string;

  constructor(cloud: Cloud, hypervisor: string) {
    this.#cloud = cloud;
    this.hypervisor = hypervisor;
    this.#trait = `CUSTOM_POWERVM_VOTE_${hypervisor.toUpperCase().replaceAll(/[^A-Z0-9_]/g, '_')}`;
    this.#flavorPrefix = `powervm-vote.${hypervisor}`;
  }

  /** The same ground with flavors that only this host satisfies. */
  async bind(ground: Ground, signal: AbortSignal): Promise<Ground> {
    await this.unbind(signal); // what a run left that was cut off
    await this.#cloud.tell('placement', `/traits/${this.#trait}`, { method: 'PUT', signal });
    await this.#rewriteTraits((traits) => [...traits, this.#trait], signal);
    const flavor = await this.#boundFlavor('first', ground.flavor, signal);
    const otherFlavor = await this.#boundFlavor('second', ground.otherFlavor, signal);
    return { ...ground, flavor, otherFlavor };
  }

  /** Takes flavors and trait away; nothing to do is fine. */
  async unbind(signal: AbortSignal): Promise<void> {
    const { flavors } = await this.#cloud.ask('nova', '/flavors?is_public=None', flavorList, { signal });
    for (const { id } of flavors.filter(({ name }) => name.startsWith(`${this.#flavorPrefix}.`)))
      await this.#cloud.tell('nova', `/flavors/${id}`, { method: 'DELETE', signal });
    await this.#rewriteTraits((traits) => traits.filter((trait) => trait !== this.#trait), signal);
  }

  async #boundFlavor(label: string, template: string, signal: AbortSignal): Promise<string> {
    const detail = await this.#cloud.ask('nova', `/flavors/${template}`, flavorDetail, { signal });
    const { id: _, extra_specs: specs, ...sizes } = detail.flavor;
    const json = { flavor: { ...sizes, name: `${this.#flavorPrefix}.${label}` } };
    const request = { method: 'POST', json, signal } as const;
    const { id } = (await this.#cloud.ask('nova', '/flavors', created, request)).flavor;
    const extra = { extra_specs: { ...specs, [`trait:${this.#trait}`]: 'required' } };
    await this.#cloud.tell('nova', `/flavors/${id}/os-extra_specs`, { method: 'POST', json: extra, signal });
    return id;
  }

  async #rewriteTraits(change: (traits: string[]) => string[], signal: AbortSignal): Promise<void> {
    const path = `/resource_providers/${await this.#provider(signal)}/traits`;
    for (let attempt = 1; ; attempt += 1) {
      const now = await this.#cloud.ask('placement', path, providerTraits, { signal });
      const traits = change(now.traits);
      if (traits.length === now.traits.length) return;
      const json = { ...now, traits };
      try {
        return await this.#cloud.tell('placement', path, { method: 'PUT', json, signal });
      } catch (error) {
        if (attempt === conflicts.attempts) throw error;
        await sleep(conflicts.pauseMs, undefined, { signal });
      }
    }
  }

  async #provider(signal: AbortSignal): Promise<string> {
    const query = `/resource_providers?name=${encodeURIComponent(this.hypervisor)}`;
    const [found] = (await this.#cloud.ask('placement', query, providerList, { signal })).resource_providers;
    if (found) return found.uuid;
    throw new Error(
      `Placement knows no resource provider ${this.hypervisor}: nova-compute has not reported yet`,
    );
  }
}
