/** What each report takes: its parameters and its formats. */
import type { Format, StatusCode } from '../api/types';
import type { FileFormat, ReportCode } from './queries';

interface Kind {
  code: ReportCode;
  formats: FileFormat[];
  /** Exactly one status letter is needed. */
  takesStatus?: boolean;
  takesFilters?: boolean;
  takesNabStatus?: boolean;
}

const ALL: Format[] = ['pdf', 'html', 'csv', 'xls', 'xlsx'];

/** By the API's codes: a report that it adds is missed here by the compiler. */
const KINDS: Record<ReportCode, Omit<Kind, 'code'>> = {
  'all-accounts-summary': { formats: ALL },
  'managed-account-details': { formats: [...ALL, 'contacts'], takesStatus: true, takesFilters: true },
  'new-account-bonus-tracker': { formats: ALL, takesNabStatus: true },
  'cancels-and-move-outs': { formats: ALL },
  portfolio: { formats: ['csv', 'contacts'] },
};

export const REPORTS: Kind[] = (Object.keys(KINDS) as ReportCode[]).map((code) => ({ code, ...KINDS[code] }));

export function kindOf(code: string): Kind {
  return REPORTS.find((report) => report.code === code) ?? (REPORTS[0] as Kind);
}

/** The status letter as it was typed, if it is one; it is never corrected. */
export function statusLetter(typed: string): StatusCode | null {
  return /^[OTEC]$/.test(typed) ? (typed as StatusCode) : null;
}

/** Addresses with commas, semicolons, spaces or line ends between them. */
export function addresses(typed: string): string[] {
  return typed.split(/[\s,;]+/).filter(Boolean);
}
