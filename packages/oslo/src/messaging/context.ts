import { randomUUID } from 'node:crypto';
import type { JsonObject } from './envelope.js';

/**
 * The security context that an agent sends with its calls: an administrator without user, project or token.
 * neutron-server answers look-ups of devices only to an administrative context (captures: oslo-messaging/README,
 * file 31); the fields are those of a stock agent's report_state.
 */
export function adminContext(now: Date = new Date()): JsonObject {
  return {
    user: null,
    project_id: null,
    system_scope: null,
    project: null,
    domain: null,
    user_domain: null,
    project_domain: null,
    is_admin: true,
    read_only: false,
    show_deleted: false,
    auth_token: null,
    request_id: `req-${randomUUID()}`,
    global_request_id: null,
    resource_uuid: null,
    roles: [],
    user_identity: '- - - - -',
    is_admin_project: true,
    user_id: null,
    tenant_id: null,
    timestamp: pythonTimestamp(now, ' '),
    tenant_name: null,
    project_name: null,
    user_name: null,
  };
}

/** UTC without zone, as Python's `datetime` prints it; `separator` is `T` for ISO and a blank for `str()`. */
export function pythonTimestamp(time: Date, separator: 'T' | ' '): string {
  return time.toISOString().replace('T', separator).replace('Z', '000');
}
