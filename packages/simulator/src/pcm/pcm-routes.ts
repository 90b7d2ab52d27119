import { ManagedSystemPcmPreference } from '@openstack-powervm/rest';
import { hrefOf } from '../console/console.js';
import { readPosted } from '../documents/read-document.js';
import { type Answer, atom, type Call, json } from '../http/call.js';
import type { Route } from '../http/route-table.js';
import { renderObject, textOfRendered } from '../render/object.js';
import { systemOf } from '../resources/system-address.js';
import { pathOf } from '../world/changes.js';
import type { ManagedSystem } from '../world/managed-system.js';
import { notFound, Refusal } from '../world/refusal.js';
import { type Monitor, metricDocument, metricFiles, monitors } from './monitor.js';
import { pcmFeed } from './pcm-feed.js';

const BASE = '/rest/api/pcm/ManagedSystem/{id}';
const TITLE = 'Performance and Capacity Monitoring Preferences';

/** Preferences and metrics (protocol reference 3.24, 8.17). */
export const pcmRoutes: readonly Route[] = [
  { name: 'PcmPreference.read', method: 'GET', path: `${BASE}/preferences`, answer: read, produces: 'any' },
  {
    name: 'PcmPreference.update',
    method: 'POST',
    path: `${BASE}/preferences`,
    answer: update,
    produces: 'any',
  },
  ...monitors.flatMap((monitor): Route[] => [
    {
      name: `${monitor}.list`,
      method: 'GET',
      path: `${BASE}/RawMetrics/${monitor}`,
      answer: (call) => list(call, monitor),
      produces: 'any',
    },
    {
      name: `${monitor}.read`,
      method: 'GET',
      path: `${BASE}/RawMetrics/${monitor}/{file}`,
      answer: (call) => file(call, monitor),
      produces: 'any',
    },
  ]),
];

function read(call: Call): Answer {
  return preferences(call, requireSystem(call));
}

/** The ETag is in the header of the feed only (protocol reference 3.24). */
function preferences(call: Call, system: ManagedSystem): Answer {
  const { longTermSince, shortTermSince, aggregation, compute } = system.monitoring;
  const rendered = renderObject(
    ManagedSystemPcmPreference,
    {
      systemName: system.name,
      machineTypeModelSerialNumber: {
        machineType: system.machineType,
        model: system.model,
        serialNumber: system.serial,
      },
      longTermMonitorEnabled: longTermSince !== undefined,
      aggregationEnabled: aggregation,
      shortTermMonitorEnabled: shortTermSince !== undefined,
      computeLTMEnabled: compute,
      associatedManagedSystem: hrefOf(call.console, pathOf(system)),
    },
    { id: system.uuid, createdAt: 0 },
  );
  const at = call.world.clock.now();
  const entries = [{ title: TITLE, at, content: textOfRendered(rendered) }];
  const body = pcmFeed(call, { id: system.uuid, title: TITLE, subtitle: '', entries });
  return atom(200, body, { ETag: rendered.etag });
}

async function update(call: Call): Promise<Answer> {
  const system = requireSystem(call);
  const wanted = call.headers['if-match'];
  const current = preferences(call, system).headers?.['ETag'];
  if (wanted !== undefined && wanted !== current)
    throw new Refusal(412, `The ETag ${wanted} of the request does not match the current ETag ${current}.`);
  const posted = readPosted(ManagedSystemPcmPreference, await call.text());
  const { monitoring } = system;
  const now = call.world.clock.now();
  Object.assign(monitoring, {
    longTermSince: switched(monitoring.longTermSince, posted.longTermMonitorEnabled, now),
    shortTermSince: switched(monitoring.shortTermSince, posted.shortTermMonitorEnabled, now),
    aggregation: posted.aggregationEnabled ?? monitoring.aggregation,
    compute: posted.computeLTMEnabled ?? monitoring.compute,
  });
  return preferences(call, system);
}

/** Since when a monitor is on, after it was told to be. */
function switched(since: number | undefined, on: boolean | undefined, now: number): number | undefined {
  if (on === undefined) return since;
  return on ? (since ?? now) : undefined;
}

function list(call: Call, monitor: Monitor): Answer {
  const system = requireSystem(call);
  const files = metricFiles(system, monitor, call.world.clock.now());
  const title = monitor === 'LongTermMonitor' ? 'LongTermMetrics' : 'ShortTermMetrics';
  const entries = files.map(({ name, category, at }) => ({
    title: name,
    at,
    file: { href: `${call.console.url}${call.path}/${name}`, category },
  }));
  const subtitle = `ManagedSystem ${system.uuid}`;
  return atom(200, pcmFeed(call, { id: system.uuid, title, subtitle, entries }));
}

function file(call: Call, monitor: Monitor): Answer {
  const system = requireSystem(call);
  const name = call.parameters['file'] ?? '';
  const found = metricFiles(system, monitor, call.world.clock.now()).find((each) => each.name === name);
  if (found === undefined) throw notFound(`There is no metrics file ${name}.`);
  return json(metricDocument(system, monitor, found));
}

function requireSystem(call: Call): ManagedSystem {
  const id = call.parameters['id'] ?? '';
  const system = systemOf(call.console, id);
  if (system === undefined) throw notFound(`There is no ManagedSystem ${id}.`);
  return system;
}
