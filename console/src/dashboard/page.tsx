/** The dashboard: the book at a glance; every number leads to the list behind it. */
import { useRights } from '../auth/me';
import { formatMoment } from '../text/format';
import { text } from '../text/en';
import { Columns, Note, Page } from '../ui/page';
import { Portfolio } from './portfolio';
import { BonusesSoon } from './bonuses-soon';
import { DeparturesTrend } from './departures-trend';
import { InviteCard } from './invite-card';
import { useSummary } from '../accounts/summary-queries';
import { TrialsEnding } from './trials-ending';

export function DashboardPage() {
  const summary = useSummary();
  const { canManage } = useRights();
  return (
    <Page title={text.dashboard.title} lead={summary.data && text.dashboard.asOf(formatMoment(summary.data.as_of))}>
      {!canManage && <Note>{text.shell.readOnly}</Note>}
      <Portfolio summary={summary} />
      <Columns>
        <DeparturesTrend />
        <TrialsEnding />
      </Columns>
      <Columns>
        <BonusesSoon />
        <InviteCard />
      </Columns>
    </Page>
  );
}
