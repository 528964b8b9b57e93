/** How a night stands: the days on which none began are seen too. */
import type { components } from '../api/schema';
import { addDays, daysBetween } from '../text/format';

export type NightlyRun = components['schemas']['NightlyRunView'];
export type StatusGroup = 'done' | 'running' | 'failures' | 'late' | 'missing';

export interface Night {
  date: string;
  /** None where the night never began. */
  run: NightlyRun | null;
  statusGroup: StatusGroup;
}

const LATE_AFTER_S = 3600;

/** Every night from the latest to the earliest, also those that never began. */
export function withMissingNights(runs: NightlyRun[], now: number): Night[] {
  const [latest, earliest] = [runs[0]?.date, runs.at(-1)?.date];
  if (!latest || !earliest) return [];
  const of = new Map(runs.map((run) => [run.date, run]));
  return Array.from({ length: daysBetween(earliest, latest) + 1 }, (_, ago) => {
    const date = addDays(latest, -ago);
    const run = of.get(date) ?? null;
    return { date, run, statusGroup: run ? statusGroupOf(run, now, date === latest) : 'missing' };
  });
}

function statusGroupOf(run: NightlyRun, now: number, isLatest: boolean): StatusGroup {
  const isOver = run.finished_at !== null;
  const took = run.seconds ?? (now - Date.parse(run.started_at)) / 1000;
  if (took > LATE_AFTER_S || (!isOver && !isLatest)) return 'late';
  if (run.failures > 0) return 'failures';
  return isOver ? 'done' : 'running';
}
