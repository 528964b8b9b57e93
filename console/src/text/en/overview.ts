/** Words of the overview of all partners. */
export const overview = {
  overview: {
    title: 'All partners',
    lead: 'How every partner does: accounts, growth, churn, what it is owed, its last night, and what failed in the last 30 days.',
    columns: {
      partner: 'Partner',
      accounts: 'Accounts',
      thisMonth: 'This month',
      lastMonth: 'Last month',
      churn: 'Churn',
      unpaid: 'Unpaid bonuses',
      night: 'Last night',
      failures: 'Failures',
    },
    statuses: (open: string, trials: string, expired: string, canceled: string) =>
      `${open} open, ${trials} on trial, ${expired} expired, ${canceled} canceled`,
    movement: (created: string, departed: string) => `${created} new, ${departed} left`,
    churn: (now: string, before: string) => `${now} (last month ${before})`,
    atLeast: (value: string) => `at least ${value}`,
    unsettled: (count: string) => `${count} not settled`,
    running: 'not done',
    failed: { report_runs: 'reports', deliveries: 'e-mails', imports: 'imports' },
    act: 'Act for',
    more: 'Show more partners',
  },
} as const;
