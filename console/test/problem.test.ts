/** Refusals: where each sentence of a problem is shown. */
import { describe, expect, it } from 'vitest';
import {
  explain,
  fieldName,
  isTransient,
  ProblemError,
  problemOf,
  sortFieldErrors,
  unreachable,
} from '../src/api/problem';

const refused = (errors: { pointer: string; detail: string }[]) =>
  new ProblemError({ type: '/problems/invalid', title: 'Not valid', detail: '2 values are not right.', errors }, 422);

describe('field errors', () => {
  it.each([
    ['/owner/email', 'owner.email'],
    ['/formats/0', 'formats'],
    ['/timing/hour', 'timing.hour'],
    ['status', 'status'],
  ])('%s belongs to the field %s', (pointer, name) => {
    expect(fieldName(pointer)).toBe(name);
  });

  it('go to the fields of the form, and the others above it', () => {
    const error = refused([
      { pointer: '/username', detail: 'Taken.' },
      { pointer: '/partner', detail: 'No.' },
    ]);
    expect(sortFieldErrors(error, new Set(['username']))).toEqual({ fields: { username: 'Taken.' }, rest: ['No.'] });
  });

  it('of one field stand there together', () => {
    const error = refused([
      { pointer: '/recipients/0', detail: 'One.' },
      { pointer: '/recipients/1', detail: 'Two.' },
    ]);
    expect(sortFieldErrors(error, new Set(['recipients'])).fields).toEqual({ recipients: 'One. Two.' });
  });

  it('of a conflict stand at their fields too, and are said once', () => {
    const detail = 'The username ada_lovelace is taken.';
    const error = new ProblemError({ detail, errors: [{ pointer: '/username', detail }] }, 409);
    expect(sortFieldErrors(error, new Set(['username']))).toEqual({ fields: { username: detail }, rest: [] });
  });

  it('without any, the detail itself is said', () => {
    expect(sortFieldErrors(new ProblemError({ detail: 'The account is suspended.' }, 409), new Set())).toEqual({
      fields: {},
      rest: ['The account is suspended.'],
    });
  });
});

describe('an answer that was refused', () => {
  it('keeps the code, the status and when to come back', () => {
    const response = new Response('', { status: 503, headers: { 'Retry-After': '4' } });
    const error = problemOf({ type: '/problems/busy', title: 'Busy', detail: 'Try again.' }, response);
    expect([error.code, error.status, error.retryAfter, error.message]).toEqual(['busy', 503, 4, 'Try again.']);
  });

  it('of something on the way that knows no problems gets our own words', () => {
    expect(problemOf('<html>', new Response('', { status: 502 })).message).toContain(
      'couldn’t read the server’s answer',
    );
    expect(problemOf(undefined, new Response('', { status: 404 })).code).toBe('not-found');
  });

  it('may be tried again only where the same request may succeed', () => {
    const statuses = [0, 429, 503, 409, 422, 403].map((status) => isTransient(new ProblemError({}, status)));
    expect(statuses).toEqual([true, true, true, false, false, false]);
  });

  it('that never came is said so', () => {
    expect(explain(unreachable()).title).toBe('Partnerbook cannot be reached');
    expect(explain(new Error('boom')).title).toBe('Something went wrong');
  });
});
