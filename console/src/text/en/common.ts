/** Words that every page uses; those of the shared components are theirs. */
import { labels } from '../../ui/labels';

export const common = {
  ...labels,
  yes: 'Yes',
  no: 'No',
  problems: {
    unknownTitle: 'Something went wrong',
    unknown:
      'Partnerbook did not understand the answer it got. Try again; if it stays like this, tell your administrator.',
    unreachableTitle: 'Partnerbook cannot be reached',
    unreachable: 'Check your connection and try again. Nothing you have entered is lost.',
    notFoundTitle: 'Not found',
    notFound: 'There is nothing at this address, or it is not yours.',
    busyTitle: 'Too many requests',
    busy: 'Too much was asked for at once. Wait a moment and try again.',
    outdated: 'What you have entered is still here, and the rest has been read again: save once more to keep it.',
    crashTitle: 'This page could not be shown',
    crash: 'Something in the console failed. Your data is safe. Load the page again, or go back to the dashboard.',
    reload: 'Load the page again',
    toDashboard: 'Go to the dashboard',
    pageMissing: 'There is no such page',
    pageMissingDetail: 'The address may have been mistyped, or the page has moved.',
  },
} as const;
