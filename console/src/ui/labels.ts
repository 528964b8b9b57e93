/** What the shared components say themselves; everything else is handed to them. */
export const labels = {
  product: 'Partnerbook',
  none: '—',
  notices: 'Notices',
  copied: (what: string) => `${what} copied.`,
  copy: (what: string) => `Copy ${what.toLowerCase()}`,
  noCopying: 'Copying did not work. Select the text and copy it yourself.',
  actions: {
    cancel: 'Cancel',
    close: 'Close',
    copy: 'Copy',
    copied: 'Copied',
    delete: 'Delete',
    dismiss: 'Dismiss',
    save: 'Save',
    saved: 'Saved.',
    tryAgain: 'Try again',
  },
  states: {
    loading: 'Loading…',
    loadingMore: 'Loading more…',
  },
  table: {
    actions: 'Actions',
    figures: (of: string) => `${of}: the figures`,
    selectAll: 'Select all rows',
    select: (what: string) => `Select ${what}`,
  },
  filters: {
    set: 'Filters that are set',
    remove: (label: string) => `Remove filter: ${label}`,
    clear: 'Clear all',
    all: 'All',
  },
  unsaved: {
    title: 'Leave without saving?',
    question: 'What you have entered has not been saved. If you leave, it is lost.',
    action: 'Leave',
    stay: 'Stay here',
  },
} as const;
