/** Money as people type it, in the minor units the API takes. */

export interface Money {
  /** In the currency's minor unit. */
  amount: number;
  currency: string;
}

const USUAL_DIGITS = 2;
let digitsByCurrency: Record<string, number> = {};

/** Keeps the API's table of currencies: browsers differ from ISO 4217 (HUF, IDR, COP …). */
export function setCurrencyDigits(table: Record<string, number>): void {
  digitsByCurrency = table;
}

/** How many digits a currency has after its point: 2 of a dollar, none of a yen. */
export function minorUnits(currency: string): number {
  return digitsByCurrency[currency] ?? USUAL_DIGITS;
}

/** What an amount of a currency looks like, for a field's pattern. */
export function moneyPattern(currency: string): string {
  const digits = minorUnits(currency);
  return digits > 0 ? `[0-9][0-9,]*(\\.[0-9]{1,${digits}})?` : '[0-9][0-9,]*';
}

/** `1,234.50` as 123450; null where nothing, no amount, or a part of a minor unit was typed. */
export function parseMoney(typed: string, digits: number): number | null {
  const clean = typed.replace(/[^\d.,-]/g, '').replaceAll(',', '');
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d*))?$/.exec(clean) ?? [];
  if (whole === undefined || fraction.length > digits) return null;
  return Number(whole + fraction.padEnd(digits, '0'));
}

/** An amount as somebody would type it. */
export function typedMoney({ amount, currency }: Money): string {
  const digits = minorUnits(currency);
  return (amount / 10 ** digits).toFixed(digits);
}
