export { type ErrorSource, errorSources } from './explain/explanation.js';
export { Registry } from './metrics/registry.js';
export { measures } from './metrics/serve.js';
export { buildProgram, throwInsteadOfExit } from './program.js';
