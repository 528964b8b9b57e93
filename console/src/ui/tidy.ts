/** Puts right what was typed where there is no doubt what was meant; everything else stays as it is. */

/** `bluefern.example` as `https://bluefern.example`. */
export function tidyUrl(typed: string): string {
  const address = typed.trim();
  if (address.includes('://') || /\s/.test(address) || !/[^.]\.[^.]/.test(address)) return address;
  return `https://${address.replace(/^\/+/, '')}`;
}

/** `Harbour Lane` as `harbour-lane`. */
export function tidySlug(typed: string): string {
  return typed
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** `6:00`, `6`, `0600` and `6 am` as `06:00`, `6:30 PM` as `18:30`. */
export function tidyTime(typed: string): string {
  const [, hours, minutes = '00', half] = /^(\d{1,2}?)(?:[:.h ]?(\d{2}))?\s*([ap])?\.?m?\.?$/i.exec(typed.trim()) ?? [];
  if (hours === undefined) return typed.trim();
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hours);
  const isTime = hour < 24 && Number(minutes) < 60 && (!half || (Number(hours) >= 1 && Number(hours) <= 12));
  return isTime ? `${String(hour).padStart(2, '0')}:${minutes}` : typed.trim();
}

/** `$1,234.50 ` and `1,234.50 USD` as `1,234.50`. */
export function tidyAmount(typed: string): string {
  if (!/\d/.test(typed)) return typed.trim();
  return typed.replace(/[\s\p{Sc}]/gu, '').replace(/^[A-Za-z]{3}(?=\d)|(?<=\d)[A-Za-z]{3}$/g, '');
}

export const tidyCode = (typed: string): string => typed.trim().toUpperCase();
