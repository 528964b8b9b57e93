/** Today as the business counts days: the UTC calendar day, or the day the server last said it settled to. */
let serverDay: string | null = null;

export function today(): string {
  return serverDay ?? new Date().toISOString().slice(0, 10);
}

/** The server's day is the one that counts: the embedded stack can believe another date. */
export function setToday(day: string | null | undefined): void {
  if (day) serverDay = day.slice(0, 10);
}
