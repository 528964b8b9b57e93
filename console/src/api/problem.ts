/** Everything that can go wrong with a request, as one error a person can act on. */
import { text } from '../text/en';

export interface FieldProblem {
  pointer: string;
  detail: string;
}

interface ProblemBody {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  instance?: string;
  errors?: FieldProblem[];
}

/** A problem+json answer (RFC 9457), or no answer at all (status 0). */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly errors: FieldProblem[];
  readonly retryAfter: number | null;

  constructor(body: ProblemBody, status: number, retryAfter: number | null = null) {
    super(body.detail || text.problems.unknown);
    this.name = 'ProblemError';
    this.status = status;
    this.code = body.type?.split('/').pop() ?? 'unknown';
    this.title = body.title || text.problems.unknownTitle;
    this.errors = body.errors ?? [];
    this.retryAfter = retryAfter;
  }
}

/** The problem an answer holds; an answer of something else on the way (a proxy, say) gets our own words. */
export function problemOf(body: unknown, response: Response): ProblemError {
  const retryAfter = Number(response.headers.get('Retry-After')) || null;
  const isProblem = typeof body === 'object' && body !== null && ('detail' in body || 'type' in body);
  return new ProblemError(
    isProblem ? (body as ProblemBody) : fallbackProblem(response.status),
    response.status,
    retryAfter,
  );
}

function fallbackProblem(status: number): ProblemBody {
  if (status === 404)
    return { type: '/problems/not-found', title: text.problems.notFoundTitle, detail: text.problems.notFound };
  if (status === 429)
    return { type: '/problems/too-many-requests', title: text.problems.busyTitle, detail: text.problems.busy };
  return { type: '/problems/unknown', title: text.problems.unknownTitle, detail: text.problems.unknown };
}

export function unreachable(): ProblemError {
  return new ProblemError(
    { type: '/problems/unreachable', title: text.problems.unreachableTitle, detail: text.problems.unreachable },
    0,
  );
}

/** Title and detail of any error, in words. */
export function explain(error: unknown): { title: string; detail: string } {
  if (error instanceof ProblemError) return { title: error.title, detail: error.message };
  return { title: text.problems.unknownTitle, detail: text.problems.unknown };
}

/** Whether the same request may well succeed in a moment. */
export function isTransient(error: unknown): boolean {
  return error instanceof ProblemError && [0, 429, 502, 503, 504].includes(error.status);
}

/** Whether the thing is not, or no longer, as this console showed it. */
export function isConflict(error: unknown): boolean {
  return error instanceof ProblemError && [409, 412].includes(error.status);
}

/** Whether somebody else saved meanwhile what was to be changed. */
export function isOutdated(error: unknown): boolean {
  return error instanceof ProblemError && error.status === 412;
}

/** Whether what was asked for is no longer there, or no longer ours to see. */
export function isGone(error: unknown): boolean {
  return error instanceof ProblemError && [403, 404, 410].includes(error.status);
}

/** What a query holds, unless the server has since said that it is gone. */
export function current<T>({ data, error }: { data: T | undefined; error: unknown }): T | undefined {
  return isGone(error) ? undefined : data;
}

/** `/owner/email` and `/formats/0` become the names that form fields carry: `owner.email`, `formats`. */
export function fieldName(pointer: string): string {
  return pointer
    .replace(/^\//, '')
    .replace(/\/\d+(?=\/|$)/g, '')
    .replaceAll('/', '.');
}

/** Field names with the sentences to show there, and the sentences that belong to no field of the form. */
export function sortFieldErrors(
  error: unknown,
  fieldNames: ReadonlySet<string>,
): { fields: Record<string, string>; rest: string[] } {
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  if (!(error instanceof ProblemError)) return { fields, rest: [explain(error).detail] };
  for (const problem of error.errors) {
    const name = fieldName(problem.pointer);
    if (fieldNames.has(name)) fields[name] = [fields[name], problem.detail].filter(Boolean).join(' ');
    else rest.push(problem.detail);
  }
  if (isOutdated(error)) rest.push(text.problems.outdated);
  else if (error.errors.length === 0) rest.push(error.message);
  return { fields, rest };
}
