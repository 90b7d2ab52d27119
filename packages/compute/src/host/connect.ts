import { PowerVMError, type Session } from '@openstack-powervm/rest';
import type { PowerVMOptions } from '../contract/index.js';
import { asDriverError, DriverError } from '../errors/index.js';
import type { CallOptions } from '../flow/index.js';

/** Opens the session; an error names the option to look at. */
export async function connect(
  openSession: (call: CallOptions) => Promise<Session>,
  options: PowerVMOptions,
  call: CallOptions,
): Promise<Session> {
  try {
    return await openSession(call);
  } catch (thrown) {
    throw connectionFailure(thrown, options);
  }
}

function connectionFailure(thrown: unknown, options: PowerVMOptions): DriverError {
  const { rest_endpoint: endpoint, rest_username: username } = options;
  if (PowerVMError.is(thrown, 'PVM_LOGON_REFUSED', 'PVM_UNAUTHORIZED'))
    return new DriverError(
      'PVM_CREDENTIALS_REFUSED',
      `The PowerVM REST server at ${endpoint} refused the logon of user "${username}"; ` +
        'check [powervm] rest_username and rest_password',
      { endpoint, username },
      thrown,
    );
  if (PowerVMError.is(thrown, 'PVM_TOKEN_FILE_DENIED', 'PVM_TOKEN_FILE_UNUSABLE'))
    return new DriverError(
      'PVM_CREDENTIALS_REFUSED',
      `Local logon at ${endpoint} is not possible: ${thrown.message} The service user must belong to the group ` +
        'pvm_admin; elsewhere set [powervm] rest_username and rest_password',
      { endpoint },
      thrown,
    );
  const what = `No session on the PowerVM REST server at ${endpoint} ([powervm] rest_endpoint)`;
  return asDriverError(thrown, 'PVM_SERVER_UNREACHABLE', what, { endpoint });
}
