/** Words of the nightly runs. */
export const nightlyRuns = {
  nightlyRuns: {
    title: 'Nights',
    lead: 'What each nightly run did over all partners: trial ends, cancellations that were due, permission requests, bonuses.',
    columns: {
      date: 'Night',
      statusGroup: 'State',
      partners: 'Partners',
      settled: 'Settled',
      bonuses: 'Bonuses',
      failures: 'Failed',
      started: 'Started',
      ended: 'Ended',
      took: 'Took',
    },
    statusGroups: { done: 'Done', running: 'Running', failures: 'With failures', late: 'Late', missing: 'Did not run' },
    of: (done: string, partners: string) => `${done} of ${partners}`,
    earlier: 'Show earlier nights',
    emptyTitle: 'No night has run yet',
    emptyDetail: 'The first one is listed here as soon as it has begun.',
  },
} as const;
