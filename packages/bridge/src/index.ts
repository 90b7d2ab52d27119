export { BridgeClient, type BridgeClientOptions } from './client/client.js';
export * from './contract/index.js';
export { describeAllOptions, type OptionDescription } from './describe/options.js';
export { DriverKeeper, type KeptDriver, type MakeDriver } from './server/driver-keeper.js';
export type { CallContext, DriverHost, DriverMethods, HandlerParams } from './server/host.js';
export { BridgeServer, type BridgeServerOptions } from './server/server.js';
