export { Registry } from './metrics/registry.js';
export { measures } from './metrics/serve.js';
export { buildProgram } from './program.js';
