import { refusalOf } from '../errors/console-error.js';
import { PowerVMError } from '../errors/error.js';
import type { Interceptor } from '../transport/message.js';

/** Turns every answer that is no success (2xx) and no 304 into an error. */
export const refuse: Interceptor = (next) => async (request) => {
  const response = await next(request);
  const { status } = response;
  if ((status >= 200 && status < 300) || status === 304) return response;
  if (status >= 400) throw refusalOf(request, response);
  const { method, path } = request;
  const what = `${method} ${path} was answered with HTTP ${status}, which this API does not use`;
  throw new PowerVMError('PVM_BAD_RESPONSE', what, { method, path, status });
};
