/** Reports, schedules and deliveries of the made-up API: a run takes a few seconds, and its files are small. */
import { TODAY } from './book';
import { type Answer, type Ask, invalid, notFound, ok, paged } from './http';
import type { State } from './state';

const SECONDS = Number(process.env.MOCK_RUN_SECONDS ?? 3);
const MINUTES_5 = 300_000;

type Kept = any;

function shown(run: Kept): Kept {
  const past = (Date.now() - Date.parse(run.requested_at)) / 1000;
  const { rows_when_ready: rows, ...rest } = run;
  if (past < 0.5) return { ...rest, status: 'requested', progress: 0, files: [], rows: null };
  if (past < SECONDS) return { ...rest, status: 'running', progress: Math.round((100 * past) / SECONDS), files: [], rows: null };
  const files = run.formats.map((format: string) => ({
    format,
    name: `${run.report} ${TODAY}.${format === 'contacts' ? 'csv' : format}`,
    bytes: 21_480,
    download: { url: `/mock-files/${run.report_run_id}.${format}`, expires_at: new Date(Date.now() + MINUTES_5).toISOString() },
  }));
  return { ...rest, status: 'ready', progress: 100, rows, seconds: SECONDS, as_of: run.requested_at, files, expires_at: '2026-12-01T00:00:00Z' };
}

function runReport(state: State, ask: Ask): Answer {
  const { report, formats = [], account_status: status, filters = {} } = ask.body;
  if (report === 'managed-account-details' && !/^[OTEC]$/.test(status ?? ''))
    throw invalid([{ pointer: '/status', detail: 'The status must be exactly one of O, T, E, C (capital letters).' }]);
  const run = {
    report_run_id: state.id('run'), report, formats, account_status: status ?? null, filters, requested_by: ask.actor.subject,
    requested_at: new Date().toISOString(), reason: null, notes: [], missing_glyphs: 0, expires_at: null, as_of: null, seconds: null,
    rows_when_ready: report === 'all-accounts-summary' ? 5 : 321,
  };
  state.runs.unshift(run);
  state.note(ask.actor, 'report.requested', null);
  return ok(shown(run), 202);
}

function findRun(state: State, ask: Ask): Kept {
  const run = state.runs.find((each) => each.report_run_id === ask.params[0]);
  if (!run) throw notFound();
  return run;
}

function remove<T>(list: T[], item: T): Answer {
  list.splice(list.indexOf(item), 1);
  return { status: 204 };
}

function findSchedule(state: State, ask: Ask): Kept {
  const schedule = state.schedules.find((each) => each.report_schedule_id === ask.params[0]);
  if (!schedule) throw notFound();
  return schedule;
}

function addSchedule(state: State, ask: Ask): Answer {
  const { account_status: status, ...body } = ask.body;
  const schedule = {
    filters: {}, email_to: [], ...body, account_status: status ?? null, report_schedule_id: state.id('sched'), paused: false,
    next_run_at: '2026-11-02T06:00:00Z', version: 1,
  };
  state.schedules.push(schedule);
  return ok(schedule, 201);
}

const REPORT_PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>All Accounts Summary</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body{font:15px sans-serif;margin:2rem;color:#123}table{border-collapse:collapse}td,th{padding:6px 14px;border:1px solid #bcc}</style></head>
<body><h1>All Accounts Summary</h1><table><tr><th>Status</th><th>Managed</th><th>Referred</th><th>Total</th></tr>
<tr><td>Open</td><td>2,706</td><td>2,318</td><td>5,024</td></tr></table><script>document.body.textContent='scripts run'</script></body></html>`;

export function file(path: string): Answer {
  const isPage = path.endsWith('.html');
  return {
    status: 200,
    body: isPage ? REPORT_PAGE : 'username,organization\r\n',
    headers: isPage ? { 'Content-Type': 'text/html; charset=utf-8' } : { 'Content-Type': 'text/csv', 'Content-Disposition': 'attachment; filename="report.csv"' },
  };
}

export const REPORT_ROUTES: [string, string, (state: State, ask: Ask) => Answer][] = [
  ['POST', '/reports', runReport],
  ['GET', '/reports', (state, ask) => paged(state.runs.map(shown), ask.query)],
  ['GET', '/reports/:', (state, ask) => ok(shown(findRun(state, ask)))],
  ['DELETE', '/reports/:', (state, ask) => remove(state.runs, findRun(state, ask))],
  ['DELETE', '/reports/:/links', () => ({ status: 204 })],
  ['GET', '/report-schedules', (state, ask) => paged(state.schedules, ask.query)],
  ['POST', '/report-schedules', addSchedule],
  ['PATCH', '/report-schedules/:', (state, ask) => ok(Object.assign(findSchedule(state, ask), ask.body))],
  ['DELETE', '/report-schedules/:', (state, ask) => remove(state.schedules, findSchedule(state, ask))],
  ['POST', '/report-schedules/:/runs', (state, ask) => runReport(state, { ...ask, body: { ...findSchedule(state, ask), status: findSchedule(state, ask).account_status } })],
  ['GET', '/deliveries', (state, ask) => paged(state.deliveries, ask.query)],
  ['POST', '/deliveries/:/resend', () => ({ status: 202, body: {} })],
];
