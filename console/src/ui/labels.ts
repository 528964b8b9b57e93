/** What the shared components say themselves; everything else is handed to them. */
export const labels = {
  product: 'Partnerbook',
  none: '—',
  notices: 'Notices',
  help: (rule: string) => `Help: ${rule}`,
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
    refreshFailed: (moment: string) => `What you see is as of ${moment}: it could not be read again.`,
  },
  commands: {
    found: (count: number) => (count === 1 ? '1 result' : `${count} results`),
  },
  table: {
    actions: 'Actions',
    figures: (of: string) => `${of}: the figures`,
    scroll: 'Scroll the table for more rows.',
    selectAll: 'Select all rows',
    select: (what: string) => `Select ${what}`,
  },
  filters: {
    set: 'Filters that are set',
    remove: (label: string) => `Remove filter: ${label}`,
    clear: 'Clear all',
    all: 'All',
  },
  conflict: {
    theirs: (value: string) => `Someone else changed this to “${value}”. Saving keeps what you entered.`,
    changed: 'Someone else changed this while you were editing.',
    empty: 'nothing',
    on: 'on',
    off: 'off',
  },
  validation: {
    missing: 'Fill in this field.',
    choose: 'Choose one.',
    email: 'Enter an e-mail address, such as name@example.com.',
    url: 'Enter a web address, such as https://example.com.',
    date: 'Enter a date as month, day, and year.',
    tooShort: (least: number) => `Enter at least ${least} characters.`,
    range: (min?: string | number, max?: string | number) => {
      if (min !== undefined && max !== undefined) return `Enter a whole number from ${min} to ${max}.`;
      return min === undefined ? 'Enter a whole number.' : `Enter a whole number, ${min} or more.`;
    },
  },
  unsaved: {
    title: 'Leave without saving?',
    question: 'Your changes haven’t been saved. If you leave now, they’ll be lost.',
    action: 'Leave',
    stay: 'Stay here',
  },
} as const;
