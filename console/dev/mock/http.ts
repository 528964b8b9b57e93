/** Requests, answers and problems of the made-up API. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Actor {
  subject: string;
  role: string;
  partnerId: string;
}

export interface Ask {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: any;
  params: string[];
  actor: Actor;
}

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    detail: string,
    readonly errors: { pointer: string; detail: string }[] = [],
  ) {
    super(detail);
  }
}

export const notFound = () => new Refusal(404, 'not-found', 'Not found', 'There is nothing at this address, or it is not yours.');
export const conflict = (detail: string) => new Refusal(409, 'conflict', 'Not possible now', detail);
export const taken = (pointer: string, detail: string) => new Refusal(409, 'taken', 'Taken', detail, [{ pointer, detail }]);
export const forbidden = (detail: string) => new Refusal(403, 'forbidden', 'Not allowed', detail);
export const invalid = (errors: { pointer: string; detail: string }[]) =>
  new Refusal(422, 'invalid', 'Not valid', errors.length === 1 ? (errors[0]?.detail ?? '') : `${errors.length} values are not right.`, errors);

export const ok = (body: unknown, status = 200): Answer => ({ status, body });

/** One page of a list; the cursor is where to go on. */
export function paged<T>(items: T[], query: URLSearchParams, more: object = {}): Answer {
  const limit = Math.min(200, Number(query.get('limit') ?? 50));
  const from = Number(query.get('cursor') ?? 0);
  const next = from + limit < items.length ? { next: String(from + limit) } : {};
  return ok({ items: items.slice(from, from + limit), ...next, ...more });
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export function send(response: ServerResponse, answer: Answer): void {
  const isText = typeof answer.body === 'string';
  response.writeHead(answer.status, {
    'Content-Type': answer.status >= 400 ? 'application/problem+json' : isText ? 'text/plain; charset=utf-8' : 'application/json',
    ...answer.headers,
  });
  response.end(answer.body === undefined ? '' : isText ? (answer.body as string) : JSON.stringify(answer.body));
}

export function problem(refusal: Refusal): Answer {
  const { status, code, title, message, errors } = refusal;
  const body = { type: `/problems/${code}`, title, status, detail: message, instance: 'mock', ...(errors.length > 0 ? { errors } : {}) };
  return { status, body };
}
