export * from './block-devices.js';
export * from './calls.js';
export * from './instance.js';
export * from './network.js';
export * from './options.js';
export * from './request.js';
export { reasonUnused, unusedOptions } from './unused-options.js';
