import type { Session } from '@openstack-powervm/rest';
import type { CallOptions } from '../flow/index.js';
import { restMac } from './mac.js';

/** Tells the network agents that an adapter has come or gone (VIF-11). They know the provider tag. */
export async function announceVif(
  session: Session,
  event: { action: 'plug' | 'unplug'; adapterHref: string; mac: string; type: string },
  call: CallOptions,
): Promise<void> {
  const { action, adapterHref, mac, type } = event;
  const detail = JSON.stringify({ provider: 'NOVA_PVM_VIF', action, mac: restMac(mac), type });
  await session.inject({ data: adapterHref, detail }, call);
}
