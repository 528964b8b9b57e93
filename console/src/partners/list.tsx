/** The program's partners, with what an operator does with each. */
import { useMemo, useState } from 'react';
import { text } from '../text/en';
import { formatDay } from '../text/format';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { SearchField } from '../ui/fields';
import { FilterBar } from '../ui/filters';
import { Empty, Loaded } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Column } from '../ui/table-model';
import { type Partner, usePartners } from './queries';

const labels = text.partners;

const COLUMNS: Column<Partner>[] = [
  {
    id: 'name',
    header: labels.columns.name,
    width: 210,
    isTitle: true,
    cell: (partner) => <strong>{partner.name}</strong>,
    sortBy: (partner) => partner.name,
  },
  { id: 'id', header: labels.columns.id, width: 284, cell: (partner) => partner.partner_id },
  {
    id: 'created',
    header: labels.columns.created,
    width: 120,
    cell: (partner) => formatDay(partner.created_at),
    sortBy: (partner) => partner.created_at,
  },
  {
    id: 'status',
    header: labels.columns.status,
    width: 110,
    cell: (partner) => (
      <Badge tone={partner.suspended ? 'bad' : 'good'}>{partner.suspended ? labels.suspended : labels.active}</Badge>
    ),
  },
];

interface PartnerListProps {
  onChoose: (partnerId: string) => void;
  more?: (partner: Partner) => React.ReactNode;
}

export function PartnerList({ onChoose, more }: PartnerListProps) {
  const partners = usePartners();
  const [search, setSearch] = useState('');
  const rows = useMemo(
    () =>
      (partners.data ?? []).filter((partner) =>
        `${partner.name}\n${partner.partner_id}`.toLowerCase().includes(search.trim().toLowerCase()),
      ),
    [partners.data, search],
  );
  const actions = (partner: Partner) => (
    <>
      <Button small onPress={() => onChoose(partner.partner_id)} aria-label={`${labels.actFor}: ${partner.name}`}>
        {labels.actFor}
      </Button>{' '}
      {more?.(partner)}
    </>
  );
  return (
    <>
      <FilterBar label={labels.search}>
        <SearchField label={labels.search} placeholder={labels.search} value={search} onChange={setSearch} />
      </FilterBar>
      <Loaded query={partners}>
        {() =>
          rows.length === 0 ? (
            <Empty title={labels.emptyTitle} />
          ) : (
            <DataTable
              label={labels.title}
              columns={COLUMNS}
              rows={rows}
              keyOf={(partner) => partner.partner_id}
              actions={actions}
              actionsWidth={200}
            />
          )
        }
      </Loaded>
    </>
  );
}
