/** Nightly runs of the made-up API: one of each standing, and a night that never began. */
import { addDays } from '../../src/text/format';
import { TODAY } from './book';
import { type Answer, type Ask, forbidden, ok } from './http';
import type { State } from './state';

const run = (ago: number, seconds: number | null, more: object = {}) => {
  const date = addDays(TODAY, -ago);
  const started = Date.parse(`${date}T00:10:00Z`);
  const finished_at = seconds === null ? null : new Date(started + seconds * 1000).toISOString();
  return { date, started_at: new Date(started).toISOString(), finished_at, seconds, partners: 42, done: 42, settled: 118, bonuses: 3, failures: 0, ...more };
};

const RUNS = [run(0, 74), run(1, 81, { failures: 2 }), run(3, 79), run(4, null, { done: 40 }), run(5, 5400), run(6, 77), run(7, 80), run(8, 76)];

function nights(_: State, ask: Ask): Answer {
  if (ask.actor.role !== 'operator') throw forbidden(`The role ${ask.actor.role} may not do this.`);
  const until = ask.query.get('until') ?? TODAY;
  const from = addDays(until, 1 - Number(ask.query.get('limit') ?? 7));
  return ok({ items: RUNS.filter(({ date }) => date >= from && date <= until) });
}

type Route = [method: string, path: string, serve: (state: State, ask: Ask) => Answer];

export const NIGHT_ROUTES: Route[] = [['GET', '/nightly-runs', nights]];
