/** How often a scheduled report is made: in words, and from a form. */
import { text, word } from '../text/en';
import type { Timing } from './schedule-queries';

type Weekday = NonNullable<Timing['weekday']>;

const labels = text.reports.schedules;

export function timingInWords({ frequency, hour = 6, minute = 0, weekday, day }: Timing): string {
  const at = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  if (frequency === 'weekly') return labels.timing.weekly(word(labels.weekdays, weekday), at);
  if (frequency === 'monthly') return labels.timing.monthly(day ?? 1, at);
  return labels.timing.daily(at);
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
