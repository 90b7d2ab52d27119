import { PowerVMError } from '../errors/error.js';
import { type CommitObservation, publish } from '../observe/channels.js';
import { type Representation, representationOf } from '../reads/representation.js';
import type { Connection } from '../session/connection.js';
import type { Deadline } from '../time/deadline.js';
import type { RestResponse } from '../transport/message.js';
import type { Addressed } from '../wire/paths.js';
import { beforeNextTry, needsFreshRead } from '../writes/conflict.js';
import { post } from '../writes/post.js';
import type { QueuedEdit } from './edit.js';

type Batch = readonly QueuedEdit[];

/**
 * Applies edits to one fresh read and sends the result as one write, again when somebody else was faster. A refused
 * write is split in halves until the guilty edit stands alone; only its owner fails. Rejects when the console as a
 * whole fails: then all owners still waiting have to be told.
 */
export async function runBatch(
  connection: Connection,
  type: Addressed,
  batch: Batch,
  deadline: Deadline,
): Promise<void> {
  for (let reads = 1; ; reads += 1) {
    const path = batch[0]?.path;
    if (path === undefined || !batch.some((edit) => edit.waiting)) return;
    const read = await connection.reads.read({ path, fresh: true }, deadline);
    const { document, changing } = applyAll(batch, () => representationOf(type.name, path, read));
    const tell = (outcome: CommitObservation['outcome'], error?: PowerVMError) =>
      publish('powervm.rest.commit', {
        ...{ origin: connection.origin, path, edits: batch.length, changes: changing.length, reads, outcome },
        error: error?.code,
      });
    if (changing.length === 0) {
      tell('unchanged');
      return succeedAll(batch, () => representationOf(type.name, path, read));
    }
    const answer = await write(connection, type, document, deadline);
    if (!(answer instanceof PowerVMError)) {
      tell('written');
      return succeedAll(batch, () => representationOf(type.name, document.path, answer));
    }
    if (isRefusal(answer)) {
      tell(changing.length > 1 ? 'split' : 'failed', answer);
      return await isolate(connection, type, { batch, changing, refusal: answer }, deadline);
    }
    if (!needsFreshRead(answer)) {
      tell('failed', answer);
      throw answer;
    }
    await beforeNextTry(connection, answer, reads + 1, deadline);
  }
}

/** A batch whose merged document the console refused. */
interface Refused {
  readonly batch: Batch;
  /** The edits that changed something; one of them, at least, is to blame. */
  readonly changing: Batch;
  readonly refusal: PowerVMError;
}

async function isolate(
  connection: Connection,
  type: Addressed,
  { batch, changing, refusal }: Refused,
  deadline: Deadline,
): Promise<void> {
  const [guilty, ...others] = changing;
  if (others.length === 0) {
    guilty?.fail(refusal);
    // The rest may have found nothing to do only because of this edit: they are applied again without it.
    return await runBatch(
      connection,
      type,
      batch.filter((edit) => edit !== guilty),
      deadline,
    );
  }
  const middle = Math.ceil(batch.length / 2);
  await runBatch(connection, type, batch.slice(0, middle), deadline);
  await runBatch(connection, type, batch.slice(middle), deadline);
}

/** A document after the edits, and which of them changed it. */
interface Applied {
  readonly document: Representation;
  readonly changing: Batch;
}

/** An edit that throws fails alone; what it left half done is not kept, so the others start on a clean document. */
function applyAll(batch: Batch, parse: () => Representation): Applied {
  for (;;) {
    const document = parse();
    const changing: QueuedEdit[] = [];
    const applied = batch
      .filter((edit) => edit.waiting)
      .every((edit) => {
        try {
          if (edit.apply(document.document)) changing.push(edit);
          return true;
        } catch (error) {
          edit.fail(error);
          return false;
        }
      });
    if (applied) return { document, changing };
  }
}

async function write(
  connection: Connection,
  { name, service }: Addressed,
  { path, etag, document }: Representation,
  deadline: Deadline,
): Promise<RestResponse | PowerVMError> {
  try {
    return await post(connection, { type: { name, service }, path, etag, document }, deadline);
  } catch (error) {
    return PowerVMError.from(error);
  }
}

/** The console read the document and objected; anything else concerns all edits alike. */
function isRefusal(error: PowerVMError): boolean {
  return PowerVMError.is(error, 'PVM_REQUEST_REFUSED', 'PVM_NOT_FOUND');
}

function succeedAll(batch: Batch, parse: () => Representation): void {
  const { id, etag, path } = parse();
  for (const edit of batch) edit.succeed({ id, etag, path, parse });
}
