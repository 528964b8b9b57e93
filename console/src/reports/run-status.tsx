/** The state of a run, and what it holds, in words. */
import { describeFilters, type AccountFilters, type AccountQuery } from '../accounts/filters';
import { text, word } from '../text/en';
import { Badge, type Tone } from '../ui/badge';
import { Progress } from '../ui/progress';
import { isUnderWay, type ReportRun, type RunStatus } from './queries';

const TONES: Record<RunStatus, Tone> = { requested: 'quiet', running: 'info', ready: 'good', failed: 'bad', expired: 'quiet' };

export function RunStatusBadge({ run }: { run: ReportRun }) {
  if (isUnderWay(run.status) && run.progress > 0)
    return <Progress label={text.reports.details.progress} hideLabel value={run.progress} valueText={`${run.progress} %`} />;
  return <Badge tone={TONES[run.status]}>{text.words.runStatus[run.status]}</Badge>;
}

export function formatsInWords(formats: string[]): string {
  return formats.map((format) => word(text.words.format, format)).join(', ');
}

/** Which accounts a run holds: its status and its filters. */
export function parametersOf({ account_status: letter, filters }: Pick<ReportRun, 'account_status' | 'filters'>): string {
  const { status, billing_mode: billing, ...rest } = filters as AccountQuery;
  const parts = [
    letter && `${text.words.status[letter]} (${letter})`,
    status && text.words.status[status],
    billing && text.words.billingMode[billing],
    ...describeFilters(given(rest)).map((chip) => chip.label),
  ];
  return parts.filter(Boolean).join(', ') || text.reports.everything;
}

/** Filters without the ones that say nothing: null and false do not narrow. */
function given(filters: object): AccountFilters {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== null && value !== false));
}
