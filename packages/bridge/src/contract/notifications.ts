import { z } from 'zod';
import { notification } from './method.js';

/**
 * A partition changed its state without Nova asking (requirements 17.1). A partition UUID has lost the top bit of
 * the instance UUID, so there may be two candidates; the plug-in takes the one that Nova knows (ID-3).
 */
export const Lifecycle = z.object({
  candidates: z.array(z.string()).min(1),
  transition: z.enum(['started', 'stopped', 'suspended', 'resumed']),
});
export type Lifecycle = z.infer<typeof Lifecycle>;

/** How far the operation of this request on this instance has come. */
export const Progress = z.object({
  requestId: z.string(),
  instanceUuid: z.string(),
  /** 0 to 100 */
  percent: z.number().min(0).max(100),
  step: z.string(),
});
export type Progress = z.infer<typeof Progress>;

/** The operation of this request has entered another of Nova's task states (SNAP-2). */
export const TaskState = z.object({
  requestId: z.string(),
  instanceUuid: z.string(),
  taskState: z.string(),
  /** Absent for the first change, which must not name one (SNAP-3). */
  expected: z.string().nullable(),
});
export type TaskState = z.infer<typeof TaskState>;

export const notifications = {
  lifecycle: notification('lifecycle', Lifecycle, 'A partition changed its state by itself'),
  progress: notification('progress', Progress, 'Progress of a running request'),
  taskState: notification('taskState', TaskState, 'A running request entered another task state'),
};
