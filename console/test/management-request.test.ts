/** Permission to manage: how the last request came to nothing. */
import { describe, expect, it } from 'vitest';
import { lastManagementRequest } from '../src/accounts/last-management-request';
import type { Account } from '../src/api/types';

const asked = (account: object) => account as Account;

describe('the last request for permission', () => {
  const sentenceOf = (state: string) =>
    lastManagementRequest(asked({ last_permission_request: { status: state as never, ended_on: '2026-11-03' } }));

  it.each([
    ['declined', 'The client declined your last request on Nov 3, 2026.'],
    ['expired', 'Your last request expired on Nov 3, 2026 without an answer.'],
    ['withdrawn', 'Your last request was withdrawn on Nov 3, 2026.'],
  ])('that was %s says so, with its day', (state, sentence) => {
    expect(sentenceOf(state)).toContain(sentence);
  });

  it('says nothing where there was none, or one that ended in a way not known here', () => {
    expect([lastManagementRequest(asked({})), sentenceOf('postponed')]).toEqual([null, null]);
  });
});
