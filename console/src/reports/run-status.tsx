/** The state of a run, and what it holds, in words. */
import { describeFilters } from '../account-filters/filters';
import { text, word } from '../text/en';
import { Badge, type Tone } from '../ui/badge';
import { Progress } from '../ui/progress';
import { isUnderWay, type ReportRun, type RunStatus } from './queries';
import { listFilters } from './rerun';

const TONES: Record<RunStatus, Tone> = {
  requested: 'quiet',
  running: 'info',
  ready: 'good',
  failed: 'bad',
  expired: 'quiet',
};

export function RunStatusBadge({ run }: { run: ReportRun }) {
  if (isUnderWay(run.status) && run.progress > 0)
    return (
      <Progress label={text.reports.details.progress} hideLabel value={run.progress} valueText={`${run.progress} %`} />
    );
  return <Badge tone={TONES[run.status]}>{text.words.runStatus[run.status]}</Badge>;
}

export function formatsInWords(formats: string[]): string {
  return formats.map((format) => word(text.words.format, format)).join(', ');
}

/** Which accounts a run holds: its status and its filters. */
export function parametersOf({
  account_status: letter,
  filters,
}: Pick<ReportRun, 'account_status' | 'filters'>): string {
  const chips = describeFilters(listFilters(filters)).map((chip) => chip.label);
  return (
    [letter && `${text.words.status[letter]} (${letter})`, ...chips].filter(Boolean).join(', ') ||
    text.reports.everything
  );
}
