/** The one filter of accounts: in the address, in the list's request, in a report, and in words. */
import type { AccountType, AddOn, BillingMode, BonusStatus, Hold, Plan, StatusCode } from '../api/types';
import { text, word } from '../text/en';
import { formatDay } from '../text/format';

/** What the Status drop-down offers, and what each means to the API. */
export const STATUS_GROUPS = {
  active: { status: 'O', billing_mode: 'direct' },
  single_bill: { status: 'O', billing_mode: 'single_bill' },
  open: { status: 'O' },
  trial: { status: 'T' },
  expired: { status: 'E' },
  cancelled: { status: 'C' },
} as const satisfies Record<string, { status: StatusCode; billing_mode?: BillingMode }>;

export type StatusGroup = keyof typeof STATUS_GROUPS;

export interface AccountFilters {
  status_group?: StatusGroup;
  account_type?: AccountType;
  plan?: Plan;
  add_on?: AddOn;
  hold?: Hold;
  nab_status?: BonusStatus;
  q?: string;
  list_size_min?: number;
  list_size_max?: number;
  never_logged_in?: boolean;
  never_sent_campaign?: boolean;
  trial_ends_to?: string;
  first_payment_from?: string;
  first_payment_to?: string;
}

export type FilterName = keyof AccountFilters;

/** What the API's list takes; the same names are a report's filters. */
export interface AccountQuery extends Omit<AccountFilters, 'status_group'> {
  status?: StatusCode;
  billing_mode?: BillingMode;
}

const { words } = text;
const CHOICES: Partial<Record<FilterName, Record<string, string>>> = {
  status_group: text.accounts.statusGroup,
  account_type: words.accountType,
  plan: words.plan,
  add_on: words.addOn,
  hold: words.hold,
  nab_status: words.bonusStatus,
};
const NUMBERS: FilterName[] = ['list_size_min', 'list_size_max'];
const FLAGS: FilterName[] = ['never_logged_in', 'never_sent_campaign'];
const DAYS: FilterName[] = ['trial_ends_to', 'first_payment_from', 'first_payment_to'];
export const FILTER_NAMES: FilterName[] = [
  'status_group',
  'account_type',
  'plan',
  'add_on',
  'hold',
  'nab_status',
  'q',
  ...NUMBERS,
  ...FLAGS,
  ...DAYS,
];
/** Those that stand in the bar itself; the others are behind "More filters". */
export const BAR_FILTERS: FilterName[] = ['q', 'status_group', 'account_type', 'plan', 'add_on'];

/** What `status_group` was called in addresses and saved views of before. */
const FORMER_STATUS_GROUP = 'standing';

/** The filters an address holds; what it says wrongly is passed over. */
export function readFilters(params: URLSearchParams): AccountFilters {
  const filters: Record<string, unknown> = {};
  for (const name of FILTER_NAMES) {
    const former = name === 'status_group' ? params.get(FORMER_STATUS_GROUP) : null;
    const value = readOne(name, params.get(name) ?? former ?? '');
    if (value !== undefined) filters[name] = value;
  }
  return filters as AccountFilters;
}

function readOne(name: FilterName, value: string): unknown {
  if (value === '') return undefined;
  const choices = CHOICES[name];
  if (choices) return value in choices ? value : undefined;
  if (NUMBERS.includes(name)) return /^\d{1,9}$/.test(value) ? Number(value) : undefined;
  if (FLAGS.includes(name)) return value === 'true' ? true : undefined;
  if (DAYS.includes(name)) return /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
  return value;
}

/** The address with these filters instead of the ones it had; everything else in it stays. */
export function writeFilters(params: URLSearchParams, changes: AccountFilters): URLSearchParams {
  const next = new URLSearchParams(params);
  if ('status_group' in changes) next.delete(FORMER_STATUS_GROUP);
  for (const name of FILTER_NAMES) {
    if (!(name in changes)) continue;
    const value = changes[name];
    if (value === undefined || value === '' || value === false) next.delete(name);
    else next.set(name, String(value));
  }
  return next;
}

export function clearedFilters(params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of [...FILTER_NAMES, FORMER_STATUS_GROUP]) next.delete(name);
  return next;
}

export function toQuery({ status_group: statusGroup, ...rest }: AccountFilters): AccountQuery {
  return { ...(statusGroup ? STATUS_GROUPS[statusGroup] : {}), ...rest };
}

/** Which entry of the drop-down stands for this status and billing. */
export function statusGroupOf(
  status: StatusCode | undefined,
  billing: BillingMode | undefined,
): StatusGroup | undefined {
  const names = Object.keys(STATUS_GROUPS) as StatusGroup[];
  return names.find((name) => {
    const { status: letter, billing_mode: mode }: { status: StatusCode; billing_mode?: BillingMode } =
      STATUS_GROUPS[name];
    return letter === status && (mode ?? null) === (billing ?? null);
  });
}

/** An address of the list with these filters. */
export function accountsHref(filters: AccountFilters): string {
  const query = writeFilters(new URLSearchParams(), filters).toString();
  return query ? `/accounts?${query}` : '/accounts';
}

/** Each filter that is set, in words. */
export function describeFilters(filters: AccountFilters): { id: FilterName; label: string }[] {
  return FILTER_NAMES.filter((name) => filters[name] !== undefined).map((name) => ({
    id: name,
    label: describe(name, filters),
  }));
}

function describe(name: FilterName, filters: AccountFilters): string {
  const labels = text.accounts.filters;
  const value = String(filters[name]);
  const choices = CHOICES[name];
  switch (name) {
    case 'q':
      return `“${value}”`;
    case 'never_logged_in':
      return labels.neverLoggedIn;
    case 'never_sent_campaign':
      return labels.neverSent;
    case 'list_size_min':
      return `${labels.listSizeFrom} ${value}`;
    case 'list_size_max':
      return filters.list_size_max === 0 ? labels.noList : `${labels.listSizeTo} ${value}`;
    case 'trial_ends_to':
      return `${labels.trialEndsTo} ${formatDay(value)}`;
    case 'first_payment_from':
      return `${labels.firstPaymentFrom} ${formatDay(value)}`;
    case 'first_payment_to':
      return `${labels.firstPaymentTo} ${formatDay(value)}`;
    default:
      return `${FILTER_LABELS[name] ?? name}: ${word(choices ?? {}, value)}`;
  }
}

const FILTER_LABELS: Partial<Record<FilterName, string>> = {
  status_group: text.accounts.filters.status,
  account_type: text.accounts.filters.type,
  plan: text.accounts.filters.plan,
  add_on: text.accounts.filters.addOn,
  hold: text.accounts.filters.hold,
  nab_status: text.accounts.filters.nab,
};
