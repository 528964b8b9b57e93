/** Words that every page uses; those of the shared components are theirs. */
import { labels } from '../../ui/labels';

export const common = {
  ...labels,
  amountFormat: 'Enter an amount, such as 450 or 1,234.50.',
  yes: 'Yes',
  no: 'No',
  problems: {
    unknownTitle: 'Something went wrong',
    unknown:
      'Partnerbook couldn’t read the server’s answer. Try again. If this keeps happening, tell your administrator.',
    unreachableTitle: 'Partnerbook cannot be reached',
    unreachable: 'Check your connection and try again. Nothing you entered is lost.',
    notFoundTitle: 'Not found',
    notFound: 'There’s nothing at this address, or you don’t have access to it.',
    busyTitle: 'Too many requests',
    busy: 'Too many requests at once. Wait a moment and try again.',
    outdated:
      'Someone else saved changes while you were editing. Your entries are kept, and the fields you did not touch now show what they saved. Look over the marked fields, then save again.',
    crashTitle: 'This page could not be shown',
    crash: 'Something in the console failed. Your data is safe. Load the page again, or go back to the dashboard.',
    reload: 'Load the page again',
    toDashboard: 'Go to the dashboard',
    pageMissing: 'Page not found',
    pageMissingDetail: 'The address may have been mistyped, or the page has moved.',
  },
} as const;
