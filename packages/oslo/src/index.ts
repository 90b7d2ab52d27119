export { OsloConfig, readConfig } from './config/config.js';
export { type Option, option } from './config/option.js';
export { boolean, choice, float, integer, list, type OptionType, string } from './config/types.js';
export { OSLO_ERRORS, OsloError, type OsloErrorCode, type OsloErrorGrade, reasonOf } from './errors.js';
export type { Access, AccessSource, ServiceAccess } from './http/access.js';
export { HttpClient, type HttpOptions } from './http/client.js';
export { type EndpointChoice, Keystone, type PasswordCredentials } from './identity/keystone.js';
export { GlanceClient, type Image, type ImageStream } from './image/glance.js';
export { Broker } from './messaging/broker.js';
export { adminContext, pythonTimestamp } from './messaging/context.js';
export { type MessagingEvent, observeMessaging } from './messaging/diagnostics.js';
export { isJsonObject, type Json, type JsonObject } from './messaging/envelope.js';
export { RemoteError, type RemoteFailure, RpcFailure } from './messaging/failure.js';
export { type MessagingOptions, readMessagingOptions } from './messaging/options.js';
export { type CastOptions, RpcClient } from './messaging/rpc-client.js';
export {
  type Endpoint,
  type Handler,
  type RequestInfo,
  RpcServer,
  type RpcServerOptions,
} from './messaging/rpc-server.js';
export {
  type BrokerAddress,
  parseTransportUrl,
  type TransportUrl,
} from './messaging/transport-url.js';
export { type CallOptions, Deadline } from './waiting.js';
