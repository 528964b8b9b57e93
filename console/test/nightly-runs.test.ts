/** Nightly runs: how each stands, and the nights that never began. */
import { describe, expect, it } from 'vitest';
import { type NightlyRun, withMissingNights } from '../src/nightly-runs/status-group';

const NOON = Date.parse('2026-11-05T12:00:00Z');

function run(date: string, seconds: number | null, more: Partial<NightlyRun> = {}): NightlyRun {
  const started = Date.parse(`${date}T00:10:00Z`);
  const finished_at = seconds === null ? null : new Date(started + seconds * 1000).toISOString();
  return {
    date,
    started_at: new Date(started).toISOString(),
    finished_at,
    seconds,
    partners: 2,
    done: 2,
    settled: 5,
    bonuses: 1,
    failures: 0,
    ...more,
  };
}

const statusGroups = (runs: NightlyRun[], now = NOON) =>
  withMissingNights(runs, now).map(({ date, statusGroup }) => [date, statusGroup]);

describe('a night', () => {
  it('that is over is done, or has failures', () => {
    expect(statusGroups([run('2026-11-05', 75), run('2026-11-04', 75, { failures: 1 })])).toEqual([
      ['2026-11-05', 'done'],
      ['2026-11-04', 'failures'],
    ]);
  });

  it('that is not over is running for an hour, and late from then on', () => {
    const latest = [run('2026-11-05', null)];
    expect(statusGroups(latest, Date.parse('2026-11-05T01:10:00Z'))).toEqual([['2026-11-05', 'running']]);
    expect(statusGroups(latest, Date.parse('2026-11-05T01:10:01Z'))).toEqual([['2026-11-05', 'late']]);
  });

  it('that took more than an hour was late, whatever failed in it', () => {
    expect(statusGroups([run('2026-11-05', 3601, { failures: 1 })])).toEqual([['2026-11-05', 'late']]);
  });

  it('that is not over when the next one begins is late, whatever time it is here', () => {
    const runs = [run('2026-11-05', 75), run('2026-11-04', null)];
    expect(statusGroups(runs, Date.parse('2026-01-01T00:00:00Z'))[1]).toEqual(['2026-11-04', 'late']);
  });

  it('that never began is seen between those that did', () => {
    expect(statusGroups([run('2026-11-05', 75), run('2026-11-02', 75)])).toEqual([
      ['2026-11-05', 'done'],
      ['2026-11-04', 'missing'],
      ['2026-11-03', 'missing'],
      ['2026-11-02', 'done'],
    ]);
  });

  it('is not made up where none has run', () => {
    expect(withMissingNights([], NOON)).toEqual([]);
  });
});
