export * from './resources/index.js';
export * from './schema/index.js';
