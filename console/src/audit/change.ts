/** One changed field in words; what only the machinery needs is left out. */

import { text, word } from '../text/en';
import { formatDay, formatMoment, formatMoney } from '../text/format';
import type { FieldChange } from './queries';

const labels = text.audit;
const { words } = text;

/** Ids, the moments that stand beside the entry anyway, counters of versions, and how far a worker has come. */
const INTERNAL_FIELDS =
  /^((account|partner|import|service_request|report_run|report_schedule|member)_id|member|subject|\w+_(at|by)|lease_expires_at|erased|bonus_account_ids|version|attempts|offset|counts|rejections|upload|report_schedule)$/;

/** What the codes of a field mean; these fields are never personal. */
const CODES: Record<string, Record<string, string>> = {
  account_type: words.accountType,
  account_status: words.status,
  add_ons: words.addOn,
  billing_mode: words.billingMode,
  formats: words.format,
  bonus_status: words.bonusStatus,
  business_type: text.sms.businessTypes,
  holds: words.hold,
  kind: text.services.kinds,
  opt_in_type: text.sms.optInTypes,
  plan: words.plan,
  reason: words.cancelReason,
  report: words.report,
  role: text.shell.roles,
  sms_registration: words.registration,
  status: { ...words.status, ...words.serviceState, ...words.registration },
  use_case: text.sms.useCases,
};

/** Each change that says something, as a sentence. */
export function changesInWords(changes: FieldChange[]): string[] {
  return changes.map(withShortName).filter(says).map(inWords);
}

/** `settings.time_zone` is the time zone. */
function withShortName({ field, ...change }: FieldChange): FieldChange {
  return { ...change, field: field.split('.').pop() ?? field };
}

/** A field whose values are both withheld is personal and was changed; a code without values was nothing before and after. */
function says({ field, old, new: now }: FieldChange): boolean {
  return !INTERNAL_FIELDS.test(field) && !(old === null && now === null && (field in CODES || field === 'filters'));
}

function inWords({ field, old, new: now }: FieldChange): string {
  const name = word(labels.fields, field);
  if (old === null && now === null) return labels.personal(name);
  return old === null
    ? labels.set(name, valueInWords(field, now))
    : labels.change(name, valueInWords(field, old), valueInWords(field, now));
}

function valueInWords(field: string, value: string | null): string {
  if (value === null || value === '') return labels.nothing;
  if (PARTS.test(value)) return partsInWords(value);
  const codes = CODES[field];
  return codes
    ? value
        .split(', ')
        .map((code) => word(codes, code))
        .join(', ')
    : readable(value);
}

/** A value of several parts, such as `report: portfolio, status: None`; parts that are not there say nothing. */
const PARTS = /^(?!amount: )\w+: /;

function partsInWords(value: string): string {
  const parts = value.split(/, (?=\w+: )/).map((part) => part.split(/: (.*)/s) as [string, string]);
  const shown = parts.filter(([name, rest]) => rest !== 'None' && !INTERNAL_FIELDS.test(name));
  return shown.map(([name, rest]) => labels.set(word(labels.fields, name), valueInWords(name, rest))).join('; ');
}

/** Days, moments, amounts and yes or no as people read them; everything else as it is. */
function readable(value: string): string {
  const [, amount, currency] = /^amount: (\d+), currency: ([A-Z]{3})$/.exec(value) ?? [];
  if (amount && currency) return formatMoney(Number(amount), currency);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDay(value);
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(value)) return formatMoment(value);
  if (value === 'True' || value === 'False') return value === 'True' ? text.yes : text.no;
  return value;
}
