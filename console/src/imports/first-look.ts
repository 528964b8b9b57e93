/** What can be seen to be wrong with the first lines of a file before it is uploaded. */
import { text } from '../text/en';
import { parseCsv } from './csv';
import type { ImportKind } from './queries';

const labels = text.imports;
const PROFILE = ['username', 'organization', 'owner_first_name', 'owner_last_name', 'owner_email', 'partner_account_id'];
const BOOK = [
  'account_type', 'billing_mode', 'plan', 'status', 'created_on', 'trial_ends_on', 'initial_upgrade_on', 'list_size', 'login_count',
  'last_login_on', 'campaigns_sent', 'last_campaign_on', 'add_ons', 'cancelled_on', 'cancel_reason',
];
const COLUMNS: Record<ImportKind, { required: string[]; optional: string[] }> = {
  portfolio: { required: [...PROFILE, ...BOOK], optional: [] },
  'managed-accounts': { required: PROFILE, optional: ['plan', 'website', 'owner_phone'] },
};
const LINES = 201;
/** What stands before the @ is ASCII, since the mail service takes nothing else; a domain may be of any script. */
const EMAIL = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@[^\s@.]+(\.[^\s@.]+)+$/;

export interface FirstLook {
  lines: number;
  problems: { line: number; detail: string }[];
}

export function firstLook(kind: ImportKind, content: string): FirstLook {
  const [header = [], ...rows] = parseCsv(content, LINES);
  const problems = headerProblems(kind, header).map((detail) => ({ line: 1, detail }));
  if (problems.length === 0) {
    rows.forEach((row, index) => {
      for (const detail of rowProblems(header, row)) problems.push({ line: index + 2, detail });
    });
  }
  return { lines: rows.length, problems };
}

function headerProblems(kind: ImportKind, header: string[]): string[] {
  const { required, optional } = COLUMNS[kind];
  const missing = required.filter((name) => !header.includes(name));
  const unknown = header.filter((name) => !required.includes(name) && !optional.includes(name));
  return [
    ...(missing.length > 0 ? [labels.missing(missing.join(', '))] : []),
    ...(unknown.length > 0 ? [labels.unknown(unknown.join(', '))] : []),
  ];
}

function rowProblems(header: string[], row: string[]): string[] {
  if (row.length !== header.length) return [labels.tooShort(row.length, header.length)];
  const of = (name: string) => row[header.indexOf(name)] ?? '';
  const problems: string[] = [];
  if (!/^[A-Za-z0-9_@.+-]{6,50}$/.test(of('username'))) problems.push(labels.username);
  if (of('organization').trim() === '') problems.push(labels.organization);
  if (!EMAIL.test(of('owner_email'))) problems.push(labels.email);
  if (of('plan') && !['trial', 'lite', 'standard', 'premium'].includes(of('plan'))) problems.push(labels.plan);
  return problems;
}
