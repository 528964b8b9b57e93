/** For operators: earned and paid bonuses, to be selected among those that are shown and never more. */
import { useMemo, useState } from 'react';
import { sums } from '../bulk-operations/progress';
import { text } from '../text/en';
import { formatNumber } from '../text/format';
import { Button } from '../ui/button';
import { SelectionBar } from '../ui/selection-bar';
import type { Sort } from '../ui/table-model';
import { RECORD_COLUMNS } from './columns';
import { RecordPayments, VoidPayments } from './payments';
import { sumOf, type Tracked } from './queries';
import { matching, Rows } from './rows';

const labels = text.bonuses;

interface SelectableProps {
  status: Tracked['status'];
  rows: Tracked[];
  search: string;
  sort: Sort | null;
  onSort: (sort: Sort) => void;
}

export function Selectable({ status, rows, search, ...table }: SelectableProps) {
  const [selected, setSelected] = useState<Set<string>>(new Set());
  const [paying, setPaying] = useState<Tracked[] | null>(null);
  const [voiding, setVoiding] = useState<Tracked | null>(null);
  const found = useMemo(() => matching(rows, search), [rows, search]);
  const chosen = useMemo(() => found.filter((row) => selected.has(row.account_id)), [found, selected]);
  const isPaid = status === 'paid';
  const extras = isPaid
    ? {
        actionsWidth: 100,
        actions: (row: Tracked) => (
          <Button small look="quiet" aria-label={labels.voidOf(row.organization)} onPress={() => setVoiding(row)}>
            {labels.void}
          </Button>
        ),
      }
    : { selection: { selected, onChange: setSelected, labelOf: (row: Tracked) => row.organization } };
  return (
    <>
      <Rows rows={rows} search={search} columns={RECORD_COLUMNS} {...table} {...extras} />
      {chosen.length > 0 && (
        <SelectionBar
          label={text.accounts.selected(formatNumber(chosen.length))}
          detail={sums(sumOf(chosen))}
          clear={text.accounts.clearSelection}
          onClear={() => setSelected(new Set())}
        >
          <Button onPress={() => setPaying(chosen)}>{labels.pay}</Button>
        </SelectionBar>
      )}
      {paying && (
        <RecordPayments
          rows={paying}
          onClose={() => {
            setPaying(null);
            setSelected(new Set());
          }}
        />
      )}
      {voiding && (
        <VoidPayments rows={[voiding]} reference={voiding.payment_reference ?? ''} onClose={() => setVoiding(null)} />
      )}
    </>
  );
}
