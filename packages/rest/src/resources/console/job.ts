import { element, resource } from '../../schema/declare.js';
import { decimal, integer, link, list, nested, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** One argument or result of a job. */
export const JobParameter = element(
  'JobParameter',
  {
    evidence: 'protocol reference 4.1, 4.2; captures cdata.xml, job_response_completed_failed.txt',
    service: 'web',
  },
  {
    parameterName: text('ParameterName', 'ROR'),
    parameterValue: text('ParameterValue', 'CUR'),
  },
);
export type JobParameter = Lens<typeof JobParameter>;

/** Names the job; GroupName is the type of the object it runs on. */
export const RequestedOperation = element(
  'RequestedOperation',
  {
    evidence: 'protocol reference 4.1; captures cdata.xml, cluster_LULinkedClone_job_template.txt',
    service: 'web',
  },
  {
    operationName: text('OperationName', 'ROR'),
    groupName: text('GroupName', 'ROR'),
  },
);
export type RequestedOperation = Lens<typeof RequestedOperation>;

/** The template of a job, and what is sent to run it. */
export const JobRequest = resource(
  'JobRequest',
  {
    evidence: 'protocol reference 4.1; captures cluster_create_job_template.txt, job_request_power_off.txt',
    service: 'web',
  },
  {
    requestedOperation: nested(RequestedOperation, 'RequestedOperation', 'CUR'),
    jobParameters: list(JobParameter, 'JobParameters', 'CUR'),
  },
);
export type JobRequest = Lens<typeof JobRequest>;

export const NLSMessage = element(
  'NLSMessage',
  {
    evidence: 'protocol reference 4.2; captures cdata.xml, job_response_completed_failed.txt',
    service: 'web',
  },
  {
    untranslatedMessage: text('UntranslatedMessage', 'ROR'),
    messageKey: text('MessageKey', 'ROR'),
  },
);
export type NLSMessage = Lens<typeof NLSMessage>;

export const NLSStaticMessage = element(
  'NLSStaticMessage',
  { evidence: 'protocol reference 4.2; captures cdata.xml, job_response_completed_ok.txt', service: 'web' },
  {
    untranslatedMessage: text('UntranslatedMessage', 'ROR'),
    messageKey: text('MessageKey', 'ROR'),
  },
);
export type NLSStaticMessage = Lens<typeof NLSStaticMessage>;

export const DiscreteProgress = element(
  'DiscreteProgress',
  { evidence: 'protocol reference 4.2; captures cdata.xml, job_response_completed_ok.txt', service: 'web' },
  {
    completedStates: list(NLSStaticMessage, 'CompletedStates', 'ROR'),
  },
);
export type DiscreteProgress = Lens<typeof DiscreteProgress>;

/** How far a job is; any part may be missing. */
export const Progress = element(
  'Progress',
  {
    evidence: 'protocol reference 4.2; captures cdata.xml, job_response_completed_failed.txt',
    service: 'web',
  },
  {
    completedTasks: list(NLSMessage, 'CompletedTasks', 'ROR'),
    discreteProgress: nested(DiscreteProgress, 'DiscreteProgress', 'ROR'),
    linearProgress: decimal('LinearProgress', 'ROR'),
  },
);
export type Progress = Lens<typeof Progress>;

/** Present when a job failed before completion. */
export const ResponseException = element(
  'ResponseException',
  { evidence: 'protocol reference 4.2', service: 'web' },
  {
    message: text('Message', 'ROR'),
    stackTrace: text('StackTrace', 'ROR'),
  },
);
export type ResponseException = Lens<typeof ResponseException>;

/** The state of a job. */
export const JobResponse = resource(
  'JobResponse',
  {
    evidence: 'protocol reference 4.2; captures cdata.xml, job_response_completed_failed.txt',
    service: 'web',
  },
  {
    requestURL: link('RequestURL', 'ROR'),
    targetUuid: text('TargetUuid', 'ROR', { note: 'Absent for jobs on a type.' }),
    jobID: integer('JobID', 'ROR'),
    timeStarted: integer('TimeStarted', 'ROR', { unit: 'epoch ms' }),
    timeCompleted: integer('TimeCompleted', 'ROR', { unit: 'epoch ms' }),
    status: text('Status', 'ROR', {
      values: [
        'NOT_STARTED',
        'RUNNING',
        'COMPLETED_OK',
        'COMPLETED_WITH_WARNINGS',
        'COMPLETED_WITH_ERROR',
        'FAILED_BEFORE_COMPLETION',
      ],
      note: 'Only COMPLETED_OK is success.',
    }),
    responseException: nested(ResponseException, 'ResponseException', 'ROR'),
    jobRequestInstance: nested(JobRequest, 'JobRequestInstance', 'ROR'),
    progress: nested(Progress, 'Progress', 'ROO'),
    results: list(JobParameter, 'Results', 'ROR'),
  },
);
export type JobResponse = Lens<typeof JobResponse>;
