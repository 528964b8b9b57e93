/** The pages and their addresses; each is loaded when it is first opened. */
import { createBrowserRouter, type RouteObject } from 'react-router';
import { PageFailed, PageMissing } from './errors';
import { Shell } from './shell';

type Load = () => Promise<Record<string, unknown>>;

function page(path: string, load: Load, name: string): RouteObject {
  return {
    path,
    lazy: async () => ({ Component: (await load())[name] as React.ComponentType }),
    errorElement: <PageFailed />,
    hydrateFallbackElement: <></>,
  };
}

const pages: RouteObject[] = [
  page('/', () => import('../dashboard/page'), 'DashboardPage'),
  page('/accounts', () => import('../accounts/list'), 'AccountsPage'),
  page('/accounts/new', () => import('../accounts/create'), 'NewAccountPage'),
  page('/accounts/:accountId', () => import('../accounts/details'), 'AccountPage'),
  page('/accounts/:accountId/sms-registration', () => import('../accounts/sms-registration'), 'SmsRegistrationPage'),
  page('/reports', () => import('../reports/list'), 'ReportsPage'),
  page('/reports/schedules', () => import('../reports/schedules'), 'SchedulesPage'),
  page('/reports/deliveries', () => import('../reports/deliveries'), 'DeliveriesPage'),
  page('/reports/:runId', () => import('../reports/run'), 'RunPage'),
  page('/bonuses', () => import('../bonuses/tracker'), 'BonusesPage'),
  page('/departures', () => import('../departures/page'), 'DeparturesPage'),
  page('/imports', () => import('../imports/page'), 'ImportsPage'),
  page('/imports/:importId', () => import('../imports/progress'), 'ImportPage'),
  page('/bulk-operations', () => import('../bulk-operations/page'), 'BulkOperationsPage'),
  page('/bulk-operations/:bulkOperationId', () => import('../bulk-operations/page'), 'BulkOperationPage'),
  page('/invite', () => import('../invites/page'), 'InvitePage'),
  page('/services', () => import('../service-requests/page'), 'ServicesPage'),
  page('/team', () => import('../team/page'), 'TeamPage'),
  page('/settings', () => import('../settings/page'), 'SettingsPage'),
  page('/profile', () => import('../profile/page'), 'ProfilePage'),
  page('/audit', () => import('../audit/page'), 'AuditPage'),
  page('/overview', () => import('../partners/overview'), 'OverviewPage'),
  page('/partners', () => import('../partners/page'), 'PartnersPage'),
  page('/sms-reviews', () => import('../queues/sms-reviews'), 'SmsReviewsPage'),
  page('/sms-reviews/:partnerId/:accountId', () => import('../queues/sms-review'), 'SmsReviewPage'),
  page('/service-queue', () => import('../queues/services'), 'ServiceQueuePage'),
  page('/service-queue/:partnerId/:requestId', () => import('../queues/service'), 'WaitingServicePage'),
  page('/nightly-runs', () => import('../nightly-runs/page'), 'NightlyRunsPage'),
];

export function makeRouter(): ReturnType<typeof createBrowserRouter> {
  return createBrowserRouter(
    [
      {
        element: <Shell />,
        hydrateFallbackElement: <></>,
        errorElement: <PageFailed />,
        children: [...pages, { path: '*', element: <PageMissing /> }],
      },
    ],
    { basename: import.meta.env.BASE_URL.replace(/\/$/, '') },
  );
}
