import { Readable } from 'node:stream';
import { OsloError } from '../errors.js';
import { type Access, type ServiceAccess, withAccess } from '../http/access.js';
import { type HttpClient, transferError } from '../http/client.js';
import { explanation, isRecord } from '../http/explanation.js';
import type { HttpResponse } from '../http/response.js';
import type { CallOptions } from '../waiting.js';
import { StallWatch } from './stall-watch.js';
import { type Digest, verified } from './verified.js';

/** What Glance knows about an image; only the fields that a driver needs. */
export interface Image {
  readonly id: string;
  readonly name: string;
  /** `active` when its data can be read. */
  readonly status: string;
  /** bytes; undefined until there is data */
  readonly size: number | undefined;
  readonly diskFormat: string;
  readonly containerFormat: string;
  readonly digest: Digest | undefined;
}

/** Bytes of an image on their way. */
export interface ImageStream {
  /** bytes */
  readonly size: number;
  readonly body: AsyncIterable<Uint8Array>;
}

const ANSWER_TIMEOUT_MS = 60_000;

/**
 * The image service. Nothing is held in memory or on disk: bytes flow from Glance to whoever iterates, at the pace
 * of the slower one. Every method takes the access to use, so one client serves many users.
 */
export class GlanceClient {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** @throws OsloError OSLO_IMAGE_NOT_FOUND, OSLO_AUTH_REFUSED, OSLO_HTTP_STATUS, … */
  async show(access: Access, imageId: string, call: CallOptions = {}): Promise<Image> {
    const response = await this.#get(access, imageId, '', call);
    const operation = `image ${imageId}`;
    const body: unknown = await response.json().catch((error: unknown) => {
      throw transferError(operation, error, call.signal);
    });
    if (!isRecord(body)) throw new OsloError('OSLO_HTTP_STATUS', `${operation}: the answer is no image`);
    return readImage(imageId, body);
  }

  /**
   * Opens an image for reading. The body must be read to its end or left early (which drops the connection); it
   * ends with OSLO_IMAGE_CORRUPT when size or checksum differ from Glance's record. `timeoutMs` limits the wait
   * for the first byte, not the transfer, which only may not stand still.
   *
   * @throws OsloError OSLO_IMAGE_NOT_FOUND, OSLO_IMAGE_NOT_READY, OSLO_AUTH_REFUSED, OSLO_HTTP_STATUS, …
   */
  async open(access: Access, imageId: string, call: CallOptions = {}): Promise<ImageStream> {
    const image = await this.show(access, imageId, call);
    if (image.status !== 'active' || image.size === undefined)
      throw new OsloError(
        'OSLO_IMAGE_NOT_READY',
        `image ${imageId} has no data to read: its status is ${image.status}`,
      );
    const response = await this.#get(access, imageId, '/file', call);
    if (response.statusCode === 204) {
      await response.discard();
      throw new OsloError('OSLO_IMAGE_NOT_READY', `image ${imageId} is ${image.status} but has no data`);
    }
    const expected = { size: image.size, digest: image.digest };
    return { size: image.size, body: verified(response.body(), expected, `image ${imageId}`, call.signal) };
  }

  /**
   * Stores the bytes of an image that exists already and has none yet; resolves when Glance has them all.
   * `timeoutMs` is not used: the transfer only may not stand still.
   *
   * @throws OsloError OSLO_IMAGE_NOT_FOUND, OSLO_IMAGE_NOT_READY, OSLO_AUTH_REFUSED, OSLO_HTTP_STATUS, …
   */
  async upload(access: Access, imageId: string, stream: ImageStream, call: CallOptions = {}): Promise<void> {
    // Asked before the bytes, which can be sent only once: is the token good, and is the image waiting for them?
    const image = await this.show(access, imageId, call);
    if (image.status !== 'queued')
      throw new OsloError(
        'OSLO_IMAGE_NOT_READY',
        `image ${imageId} takes no data: its status is ${image.status}`,
      );
    const { endpoint, token, serviceToken } = 'current' in access ? await access.current(call) : access;
    const operation = `upload of image ${imageId}`;
    const watch = new StallWatch(operation, this.#http.idleTimeoutMs, call.signal);
    try {
      const response = await this.#http.send({
        method: 'PUT',
        url: imageUrl(endpoint, imageId, '/file'),
        token,
        serviceToken,
        headers: { 'content-type': 'application/octet-stream', 'content-length': String(stream.size) },
        body: Readable.from(watch.through(exactly(stream, operation)), { objectMode: false }),
        signal: watch.signal,
        timeoutMs: 0,
      });
      if (response.statusCode !== 204) throw await statusError(operation, response);
      await response.discard();
    } finally {
      watch.stop();
    }
  }

  async #get(access: Access, imageId: string, path: string, call: CallOptions): Promise<HttpResponse> {
    const send = ({ endpoint, token, serviceToken }: ServiceAccess): Promise<HttpResponse> =>
      this.#http.send({
        method: 'GET',
        url: imageUrl(endpoint, imageId, path),
        token,
        serviceToken,
        signal: call.signal,
        timeoutMs: call.timeoutMs ?? ANSWER_TIMEOUT_MS,
      });
    const response = await withAccess(access, call, send, async (answer) => {
      if (answer.statusCode !== 401) return false;
      await answer.discard();
      return true;
    });
    if (response.statusCode >= 300) throw await statusError(`image ${imageId}`, response);
    return response;
  }
}

/** The bytes of a source that must have as many as it promised: a short one would leave Glance waiting for the rest. */
async function* exactly({ size, body }: ImageStream, what: string): AsyncGenerator<Uint8Array, void, void> {
  let sent = 0;
  for await (const piece of body) {
    sent += piece.length;
    if (sent > size) break;
    yield piece;
  }
  if (sent === size) return;
  const many = sent > size ? 'more than' : `${sent} of`;
  throw new OsloError('OSLO_IMAGE_CORRUPT', `${what}: the source has ${many} the promised ${size} bytes`);
}

/** `endpoint` may or may not name the version, as catalogues do. */
function imageUrl(endpoint: string, imageId: string, path: string): string {
  const base = endpoint.replace(/\/+$/, '').replace(/\/v2$/, '');
  return `${base}/v2/images/${encodeURIComponent(imageId)}${path}`;
}

async function statusError(operation: string, response: HttpResponse): Promise<OsloError> {
  const { statusCode: status } = response;
  const text = `${operation}: Glance answered with ${await explanation(response)}`;
  if (status === 404) return new OsloError('OSLO_IMAGE_NOT_FOUND', text, { status });
  if (status === 401) return new OsloError('OSLO_AUTH_REFUSED', text, { status });
  return new OsloError('OSLO_HTTP_STATUS', text, { status });
}

function readImage(id: string, body: Record<string, unknown>): Image {
  const text = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
  const { size } = body;
  return {
    id,
    name: text('name'),
    status: text('status'),
    size: typeof size === 'number' ? size : undefined,
    diskFormat: text('disk_format'),
    containerFormat: text('container_format'),
    digest: readDigest(text('os_hash_algo'), text('os_hash_value'), text('checksum')),
  };
}

/** The strong hash of newer Glance releases if there is one, else the old MD5 checksum. */
function readDigest(algorithm: string, value: string, checksum: string): Digest | undefined {
  if (algorithm !== '' && value !== '') return { algorithm, value };
  return checksum === '' ? undefined : { algorithm: 'md5', value: checksum };
}
