/** Every visible sentence of the console, by the area it belongs to. */
import { accounts } from './en/accounts';
import { bulkOperations } from './en/bulk-operations';
import { common } from './en/common';
import { dashboard } from './en/dashboard';
import { imports } from './en/imports';
import { invite } from './en/invite';
import { nightlyRuns } from './en/nightly-runs';
import { organization } from './en/organization';
import { overview } from './en/overview';
import { queues } from './en/queues';
import { reports } from './en/reports';
import { rules } from './en/rules';
import { services } from './en/service-requests';
import { shell } from './en/shell';
import { sms } from './en/sms';
import { words } from './en/words';

export const text = {
  ...common,
  ...shell,
  ...accounts,
  ...reports,
  ...rules,
  ...dashboard,
  ...invite,
  ...services,
  ...queues,
  ...overview,
  ...imports,
  ...organization,
  ...nightlyRuns,
  ...sms,
  ...bulkOperations,
  words,
};
export { word } from './en/words';
