import type { z } from 'zod';
import { hostMethods } from './host.js';
import { imageMethods } from './images.js';
import { lifecycleMethods } from './lifecycle.js';
import { liveMigrationMethods } from './live-migration.js';
import type { notifications } from './notifications.js';
import { resizeMethods } from './resize.js';
import { volumeMethods } from './volumes.js';

export * from './errors.js';
export * from './handshake.js';
export * from './host.js';
export * from './lifecycle.js';
export * from './live-migration.js';
export * from './method.js';
export * from './notifications.js';
export * from './shapes.js';

/** Every request that follows the handshake, under its name on the wire. */
export const methods = {
  ...hostMethods,
  ...lifecycleMethods,
  ...imageMethods,
  ...volumeMethods,
  ...resizeMethods,
  ...liveMigrationMethods,
};

export type Methods = typeof methods;
export type MethodName = keyof Methods;

/** Parameters as a handler sees them: checked, defaults filled in. */
export type ParamsOf<M extends MethodName> = z.output<Methods[M]['params']>;
/** What a caller may send. */
export type SendOf<M extends MethodName> = z.input<Methods[M]['params']>;
/** What a handler may return. */
export type AnswerOf<M extends MethodName> = z.input<Methods[M]['result']>;
/** What a caller gets. */
export type ResultOf<M extends MethodName> = z.output<Methods[M]['result']>;

export type Notifications = typeof notifications;
export type NotificationName = keyof Notifications;
export type NotificationParams<N extends NotificationName> = z.output<Notifications[N]['params']>;

export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(methods, name);
}
