export type { CommitOptions } from './commit/commit.js';
export type { Edit } from './commit/edit.js';
export { type ErrorGrade, type ErrorRow, errorTable, type PowerVMErrorCode } from './errors/codes.js';
export { type ErrorFacts, type FailedJob, PowerVMError } from './errors/error.js';
export type { PowerVMEvent, ResynchroniseReason } from './events/event.js';
export type { EventStream } from './events/event-stream.js';
export type { EventOptions } from './events/events.js';
export type { InjectedEvent } from './events/inject.js';
export type { DownloadOptions } from './files/download.js';
export type { FileTarget } from './files/file-target.js';
export type { UploadOptions, UploadSource } from './files/upload.js';
export type { JobProgress } from './jobs/job-response.js';
export type { AbortStrategy } from './jobs/let-go.js';
export { isAlreadyOff, isAlreadyOn } from './jobs/power-codes.js';
export type { JobOptions, JobResult } from './jobs/run-job.js';
export * from './metrics/index.js';
export {
  type CommitObservation,
  type EventPollObservation,
  type JobObservation,
  type Observations,
  observe,
  type RequestObservation,
  type RetryObservation,
  type SessionObservation,
  type TransferObservation,
} from './observe/channels.js';
export { type FileRecorder, recordToFile } from './observe/file-recorder.js';
export type { RecordedExchange } from './observe/recorder.js';
export type { Entity, EntityOf } from './reads/entity.js';
export type { RawAnswer, RawReadOptions, ReadOptions } from './reads/read.js';
export * from './resources/index.js';
export * from './schema/index.js';
export type { ConsoleKind, ConsoleTraits } from './session/console.js';
export type { Credentials } from './session/credentials.js';
export type { SessionOptions } from './session/options.js';
export { Session } from './session/session.js';
export type { CallOptions } from './time/deadline.js';
export { defaultTiming, type Timing } from './time/timing.js';
export type { TLSOptions } from './transport/tls.js';
export type { Groups } from './wire/groups.js';
export type { ParentAddress } from './wire/paths.js';
export type { CreateOptions } from './writes/create.js';
export type { DeleteOptions, ObjectAddress } from './writes/delete.js';
export type { UpdateOptions } from './writes/update.js';
