/** Money as people type it, in the minor units the API takes. */
import type { Money } from '../api/types';

/** What an amount looks like, for a field's pattern. */
export const MONEY = '[0-9][0-9,]*(\\.[0-9]{1,2})?';

/** How many digits a currency has after its point: 2 of a dollar, none of a yen. */
export function minorUnits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** `1,234.50` as 123450; null where nothing or no amount was typed. */
export function parseMoney(typed: string, digits: number): number | null {
  const clean = typed.replace(/[^\d.,-]/g, '').replaceAll(',', '');
  if (!/^\d+(\.\d*)?$/.test(clean)) return null;
  return Math.round(Number(clean) * 10 ** digits);
}

/** An amount as somebody would type it. */
export function typedMoney({ amount, currency }: Money): string {
  const digits = minorUnits(currency);
  return (amount / 10 ** digits).toFixed(digits);
}
