import { reasonOf } from '../errors.js';
import type { HttpResponse } from './response.js';

/** Error answers longer than this are not worth reading. */
const ERROR_TEXT_LIMIT = 65_536;

/** The service's own words from an error answer. Reads the body to its end. */
export async function explanation(response: HttpResponse): Promise<string> {
  const { statusCode } = response;
  const length = Number(response.headers['content-length'] ?? 0);
  if (length > ERROR_TEXT_LIMIT) {
    await response.discard();
    return `status ${statusCode}`;
  }
  const text = await response.text().catch((error: unknown) => reasonOf(error));
  return `status ${statusCode}: ${messageIn(text) ?? 'no explanation'}`;
}

/** Keystone sends `{error: {message}}`, Glance `{message}` or a page of HTML. */
function messageIn(text: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (!isRecord(parsed)) return undefined;
    const holder = isRecord(parsed['error']) ? parsed['error'] : parsed;
    return typeof holder['message'] === 'string' ? clean(holder['message']) : undefined;
  } catch {
    return clean(text.replace(/<(head|title)>.*?<\/\1>/gs, ''));
  }
}

function clean(text: string): string | undefined {
  const plain = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain === '' ? undefined : plain.slice(0, 500);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
