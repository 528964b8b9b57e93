/** For operators: the nightly runs over all partners, and which of them want looking at. */

import { serverNow } from '../api/business-day';
import { text } from '../text/en';
import { formatDay, formatDuration, formatMoment, formatNumber } from '../text/format';
import { Badge, type Tone } from '../ui/badge';
import { Button } from '../ui/button';
import { Page } from '../ui/page';
import { Empty, Failure, Loaded } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Column } from '../ui/table-model';
import { useNightlyRuns } from './queries';
import { type Night, type NightlyRun, type StatusGroup, withMissingNights } from './status-group';

const labels = text.nightlyRuns;
const TONES: Record<StatusGroup, Tone> = {
  done: 'good',
  running: 'info',
  failures: 'bad',
  late: 'warn',
  missing: 'bad',
};

const COLUMNS: Column<Night>[] = [
  {
    id: 'date',
    header: labels.columns.date,
    width: 104,
    isTitle: true,
    cell: ({ date }) => <strong>{formatDay(date)}</strong>,
  },
  {
    id: 'status_group',
    header: labels.columns.statusGroup,
    width: 124,
    cell: ({ statusGroup }) => <Badge tone={TONES[statusGroup]}>{labels.statusGroups[statusGroup]}</Badge>,
  },
  {
    id: 'partners',
    header: labels.columns.partners,
    width: 84,
    align: 'end',
    cell: ofRun((run) => labels.of(formatNumber(run.done), formatNumber(run.partners))),
  },
  {
    id: 'settled',
    header: labels.columns.settled,
    width: 80,
    align: 'end',
    cell: ofRun((run) => formatNumber(run.settled)),
  },
  {
    id: 'bonuses',
    header: labels.columns.bonuses,
    width: 80,
    align: 'end',
    cell: ofRun((run) => formatNumber(run.bonuses)),
  },
  {
    id: 'failures',
    header: labels.columns.failures,
    width: 70,
    align: 'end',
    cell: ofRun((run) => formatNumber(run.failures)),
  },
  { id: 'started', header: labels.columns.started, width: 136, cell: ofRun((run) => formatMoment(run.started_at)) },
  { id: 'ended', header: labels.columns.ended, width: 136, cell: ofRun((run) => formatMoment(run.finished_at)) },
  {
    id: 'took',
    header: labels.columns.took,
    width: 96,
    align: 'end',
    cell: ofRun((run) => formatDuration(run.seconds)),
  },
];

function ofRun(words: (run: NightlyRun) => string): (night: Night) => string {
  return ({ run }) => (run ? words(run) : text.none);
}

export function NightlyRunsPage() {
  const nights = useNightlyRuns();
  const runs = nights.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={labels.title} lead={labels.lead}>
      <Loaded query={nights}>{() => <Rows nights={withMissingNights(runs, serverNow())} />}</Loaded>
      {nights.isFetchNextPageError && <Failure error={nights.error} />}
      {nights.hasNextPage && (
        <p>
          <Button isPending={nights.isFetchingNextPage} onPress={() => void nights.fetchNextPage()}>
            {labels.earlier}
          </Button>
        </p>
      )}
    </Page>
  );
}

function Rows({ nights }: { nights: Night[] }) {
  if (nights.length === 0) return <Empty title={labels.emptyTitle}>{labels.emptyDetail}</Empty>;
  return <DataTable label={labels.title} columns={COLUMNS} rows={nights} keyOf={(night) => night.date} />;
}
