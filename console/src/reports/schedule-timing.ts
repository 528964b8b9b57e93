/** How often a scheduled report is made: in words, and from a form. */
import { text, word } from '../text/en';
import { formatTime, timeZone } from '../text/format';
import type { Timing } from './schedule-queries';

type Weekday = NonNullable<Timing['weekday']>;

const labels = text.reports.schedules;

/** Names the time zone too: the day and hour are the partner's, whoever reads it. */
export function timingInWords({ frequency, hour = 6, minute = 0, weekday, day }: Timing): string {
  const at = labels.timing.zoned(formatTime(hour, minute), timeZone());
  if (frequency === 'weekly') return labels.timing.weekly(word(labels.weekdays, weekday), at);
  if (frequency === 'monthly') return labels.timing.monthly(day ?? 1, at);
  return labels.timing.daily(at);
}

/** The time as its field has it. */
export function timeOf({ hour = 6, minute = 0 }: Timing): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

export function timingOf(values: Record<string, string>): Timing {
  const frequency = (values.frequency || 'weekly') as Timing['frequency'];
  const [hour = 6, minute = 0] = (values.at || '06:00').split(':').map(Number);
  return {
    frequency,
    hour,
    minute,
    ...(frequency === 'weekly' ? { weekday: (values.weekday || 'monday') as Weekday } : {}),
    ...(frequency === 'monthly' ? { day: Number(values.day || 1) } : {}),
  };
}
