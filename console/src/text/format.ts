/** Dates, numbers and money as people read them; days are UTC calendar days. */
import { minorUnits } from './money';

const LOCALE = 'en-US';
const day = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const shortDay = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const month = new Intl.DateTimeFormat(LOCALE, { month: 'long', year: 'numeric', timeZone: 'UTC' });
const shortMonth = new Intl.DateTimeFormat(LOCALE, { month: 'short', timeZone: 'UTC' });
const MOMENT = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
} as const;
let moment = new Intl.DateTimeFormat(LOCALE, { ...MOMENT, timeZone: 'UTC' });
const integerFormat = new Intl.NumberFormat(LOCALE);
const percent = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 0 });

const EM_DASH = '—';

/** `2026-11-01` as `Nov 1, 2026`. */
export function formatDay(value: string | null | undefined): string {
  return value ? day.format(new Date(`${value.slice(0, 10)}T00:00:00Z`)) : EM_DASH;
}

export function formatShortDay(value: string): string {
  return shortDay.format(new Date(`${value.slice(0, 10)}T00:00:00Z`));
}

/** `2026-11` as `November 2026`. */
export function formatMonth(value: string): string {
  return month.format(new Date(`${value.slice(0, 7)}-01T00:00:00Z`));
}

/** `2026-11` as `Nov`. */
export function formatShortMonth(value: string): string {
  return shortMonth.format(new Date(`${value.slice(0, 7)}-01T00:00:00Z`));
}

let partnerZone = 'UTC';

/** Keeps the partner's time zone, in which its mails and files tell instants too. */
export function setTimeZone(timeZone: string): void {
  partnerZone = timeZone;
  moment = new Intl.DateTimeFormat(LOCALE, { ...MOMENT, timeZone });
}

/** The partner's time zone, as its settings name it. */
export const timeZone = (): string => partnerZone;

const clockTime = new Intl.DateTimeFormat(LOCALE, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });

/** A time of day as `6:00 AM`. */
export function formatTime(hour: number, minute: number): string {
  return clockTime.format(new Date(Date.UTC(2000, 0, 1, hour, minute)));
}

/** An instant in the partner's time zone, which it names: `Nov 6, 2026, 7:00 AM GMT+13`. */
export function formatMoment(value: string | null | undefined): string {
  return value ? moment.format(new Date(value)) : EM_DASH;
}

export function formatNumber(value: number | null | undefined): string {
  return value === null || value === undefined ? EM_DASH : integerFormat.format(value);
}

/** Seconds as `45 s`, `3 min 20 s` or `1 h 5 min`. */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return EM_DASH;
  const all = Math.round(seconds);
  const [hours, minutes] = [Math.floor(all / 3600), Math.floor((all % 3600) / 60)];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${all % 60} s` : `${all} s`;
}

export function formatShare(part: number, total: number): string {
  if (total <= 0) return EM_DASH;
  return part > 0 && part / total < 0.005 ? `<${percent.format(0.01)}` : percent.format(part / total);
}

/** Minor units and a currency, as `$100.00`. */
export function formatMoney(minor: number | null | undefined, currency: string): string {
  if (minor === null || minor === undefined) return EM_DASH;
  const digits = minorUnits(currency);
  const format = new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(minor / 10 ** digits);
}

export function formatBytes(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return EM_DASH;
  if (bytes < 1024) return `${bytes} B`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${integerFormat.format(Math.round(kilobytes))} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}

/** Whole days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round(
    (Date.parse(`${to.slice(0, 10)}T00:00:00Z`) - Date.parse(`${from.slice(0, 10)}T00:00:00Z`)) / 86_400_000,
  );
}

export function addDays(from: string, days: number): string {
  return new Date(Date.parse(`${from.slice(0, 10)}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
