export { asDriverError, DriverError, type ErrorDetails, sentenceOf } from './driver-error.js';
export { failureCodeOf } from './failure-codes.js';
export { type DriverErrorCode, errorTable } from './table.js';
