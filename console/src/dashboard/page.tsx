/** The dashboard: the book at a glance; every number leads to the list behind it. */

import { useSummary } from '../accounts/summary-queries';
import { useRights } from '../auth/me';
import { text } from '../text/en';
import { formatMoment } from '../text/format';
import { Columns, Note, Page } from '../ui/page';
import { BonusesSoon } from './bonuses-soon';
import { DeparturesTrend } from './departures-trend';
import { InviteCard } from './invite-card';
import { Portfolio } from './portfolio';
import { TrialsEnding } from './trials-ending';

export function DashboardPage() {
  const summary = useSummary();
  const { can } = useRights();
  return (
    <Page title={text.dashboard.title} lead={summary.data && text.dashboard.asOf(formatMoment(summary.data.as_of))}>
      {!can('change_account') && <Note>{text.shell.readOnly}</Note>}
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
