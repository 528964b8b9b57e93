/** The words for the codes of the program. */
export const words = {
  status: { O: 'Open', T: 'Trial', E: 'Expired trial', C: 'Canceled' },
  accountType: { managed: 'Managed', referred: 'Referred' },
  billingMode: { single_bill: 'Single bill', direct: 'Direct' },
  plan: { trial: 'Trial', lite: 'Lite', standard: 'Standard', premium: 'Premium' },
  addOn: { sms: 'SMS', seo: 'SEO', inbox_preview: 'Inbox Preview', newsletter_archive: 'Newsletter Archive' },
  hold: { balance_due: 'Balance due', compliance: 'Compliance', suspended: 'Suspended' },
  bonusStatus: {
    not_started: 'Not started',
    tracking: 'Tracking',
    earned: 'Earned',
    paid: 'Paid',
    disqualified: 'Disqualified',
    not_eligible: 'Not eligible',
  },
  registration: {
    not_started: 'Not started',
    draft: 'Draft',
    submitted: 'Submitted',
    in_review: 'In review',
    approved: 'Approved',
    rejected: 'Rejected',
  },
  event: { cancellation: 'Cancellation', move_out: 'Move-out' },
  cancelReason: {
    cost_too_high: 'Cost too high',
    using_a_competitive_service: 'Using a competitive service',
    not_doing_email_marketing: 'Not doing email marketing',
    something_missing_or_not_working: 'Something missing or not working',
    doing_it_in_house: 'Doing it in house',
    poor_results: 'Poor results',
    too_difficult_to_use: 'Too difficult to use',
    cancelled_online_by_customer: 'Canceled online by the client',
    dissatisfied_with_billing_policies: 'Dissatisfied with billing policies',
  },
  format: { pdf: 'PDF', html: 'HTML', csv: 'CSV', xls: 'XLS', xlsx: 'XLSX', contacts: 'Contact list (CSV)' },
  report: {
    'all-accounts-summary': 'All Accounts Summary',
    'managed-account-details': 'Managed Account Details',
    'new-account-bonus-tracker': 'New Account Bonus Tracker',
    'cancels-and-move-outs': 'Cancels and Move-Outs',
    portfolio: 'Portfolio',
  },
  runStatus: { requested: 'Requested', running: 'Running', ready: 'Ready', failed: 'Failed', expired: 'Expired' },
  serviceState: {
    requested: 'Requested',
    quoted: 'Quoted',
    accepted: 'Accepted',
    declined: 'Declined',
    in_progress: 'In progress',
    done: 'Done',
    withdrawn: 'Withdrawn',
  },
} as const;

/** The word for a code, or the code itself made readable where a newer API knows more than this console. */
export function word(family: Record<string, string>, code: string | null | undefined): string {
  if (!code) return '—';
  return family[code] ?? code.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase());
}
