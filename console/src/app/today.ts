/** Today as the business counts days: the UTC calendar day, or the day the server last said it settled to. */
let told: string | null = null;

export function today(): string {
  return told ?? new Date().toISOString().slice(0, 10);
}

/** The server's day is the one that counts: the embedded stack can believe another date. */
export function tellToday(day: string | null | undefined): void {
  if (day) told = day.slice(0, 10);
}
