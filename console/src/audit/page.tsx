/** The history of the whole partnership. */
import { type ReactNode, useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { useTeam } from '../team/queries';
import { text } from '../text/en';
import { addDays, formatMoment } from '../text/format';
import { Button, TextLink } from '../ui/button';
import { ChoiceOrAll } from '../ui/choice-or-all';
import { TextField } from '../ui/fields';
import { FilterBar } from '../ui/filters';
import { Page } from '../ui/page';
import { Empty, Failure, Skeleton } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Column } from '../ui/table-model';
import { Changes, kindInWords, useActorName } from './entry';
import { grouped } from './grouping';
import { type AuditEntry, type AuditFilters, useAudit } from './queries';

const labels = text.audit;
const PAGE = 50;

export function AuditPage() {
  const [params, setParams] = useSearchParams();
  const people = usePeople();
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    setParams(next, { replace: true });
  };
  return (
    <Page title={labels.title} lead={labels.lead}>
      <FilterBar label={labels.filter}>
        <TextField
          type="date"
          width="short"
          label={labels.since}
          value={params.get('since') ?? ''}
          onChange={(value) => set('since', value)}
        />
        <TextField
          type="date"
          width="short"
          label={labels.until}
          value={params.get('until') ?? ''}
          onChange={(value) => set('until', value)}
        />
        <ChoiceOrAll
          compact
          label={labels.columns.who}
          words={people}
          value={params.get('who')}
          onChange={(value) => set('who', value ?? '')}
        />
        <ChoiceOrAll
          compact
          label={labels.columns.what}
          words={KINDS}
          value={params.get('what')}
          onChange={(value) => set('what', value ?? '')}
        />
      </FilterBar>
      <Entries filters={filtersOf(params)} />
    </Page>
  );
}

/** Both days count whole, in UTC as everything does that is counted by days. */
function filtersOf(params: URLSearchParams): AuditFilters {
  const [since, until] = [params.get('since'), params.get('until')];
  const [who, what] = [params.get('who'), params.get('what')];
  return {
    ...(who ? { subject: who } : {}),
    ...(what ? { kind: what as NonNullable<AuditFilters['kind']> } : {}),
    ...(since ? { since: `${since}T00:00:00Z` } : {}),
    ...(until ? { until: `${addDays(until, 1)}T00:00:00Z` } : {}),
  };
}

function Entries({ filters }: { filters: AuditFilters }) {
  const audit = useAudit(filters, PAGE);
  const who = useActorName();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = audit;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (audit.error && !audit.data) return <Failure error={audit.error} onRetry={() => void audit.refetch()} />;
  if (!audit.data) return <Skeleton lines={10} />;
  const rows = grouped(audit.data.pages.flatMap((page) => page.items));
  if (rows.length === 0)
    return (
      <NothingFound
        isFiltered={Object.keys(filters).length > 0}
        action={
          hasNextPage && (
            <Button isPending={isFetchingNextPage} onPress={onEnd}>
              {labels.searchEarlier}
            </Button>
          )
        }
      />
    );
  const columns: Column<AuditEntry>[] = [
    {
      id: 'what',
      header: labels.columns.what,
      width: 190,
      isTitle: true,
      cell: (entry) => <strong>{kindInWords(entry.kind)}</strong>,
    },
    { id: 'at', header: labels.columns.at, width: 136, cell: (entry) => formatMoment(entry.at) },
    { id: 'who', header: labels.columns.who, width: 160, cell: who },
    {
      id: 'account',
      header: labels.columns.account,
      width: 80,
      cell: (entry) =>
        entry.account_id ? <TextLink href={`/accounts/${entry.account_id}`}>{labels.openAccount}</TextLink> : text.none,
    },
    { id: 'changes', header: labels.columns.changes, width: 340, cell: (entry) => <Changes changes={entry.changes} /> },
  ];
  return (
    <DataTable
      tall
      label={labels.title}
      columns={columns}
      rows={rows}
      keyOf={(entry) => entry.audit_id}
      onEnd={onEnd}
    />
  );
}

/** A search looks at so many entries at a time: what is further back is searched when it is asked for. */
function NothingFound({ isFiltered, action }: { isFiltered: boolean; action: ReactNode }) {
  return isFiltered ? (
    <Empty title={action ? labels.noneYet : labels.noneThen} action={action} />
  ) : (
    <Empty title={labels.emptyTitle}>{labels.emptyDetail}</Empty>
  );
}

/** Who can be filtered by: the team, and Partnerbook itself. */
function usePeople(): Record<string, string> {
  const team = useTeam().data ?? [];
  return {
    ...Object.fromEntries(team.map((member) => [member.member_id, member.name || member.email])),
    ...labels.roles,
  };
}

const KINDS = Object.fromEntries(Object.entries(labels.kinds).sort(([, one], [, other]) => one.localeCompare(other)));
