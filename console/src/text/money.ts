/** Money as people type it, in the minor units the API takes. */

/** `1,234.50` as 123450; null where nothing or no amount was typed. */
export function parseMoney(typed: string, digits = 2): number | null {
  const clean = typed.replace(/[^\d.,-]/g, '').replaceAll(',', '');
  if (!/^\d+(\.\d*)?$/.test(clean)) return null;
  return Math.round(Number(clean) * 10 ** digits);
}
