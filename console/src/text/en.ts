/** Every visible sentence of the console, by the area it belongs to. */
import { accounts } from './en/accounts';
import { common } from './en/common';
import { desk } from './en/desk';
import { nightlyRuns } from './en/nightly-runs';
import { organization } from './en/organization';
import { reports } from './en/reports';
import { shell } from './en/shell';
import { sms } from './en/sms';
import { words } from './en/words';

export const text = {
  ...common,
  ...shell,
  ...accounts,
  ...reports,
  ...desk,
  ...organization,
  ...nightlyRuns,
  ...sms,
  words,
};
export { word } from './en/words';
