/** The filters above the accounts: search, the drop-downs, more filters, columns and saved views. */
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import {
  type AccountFilters,
  BAR_FILTERS,
  clearedFilters,
  describeFilters,
  writeFilters,
} from '../account-filters/filters';
import { text } from '../text/en';
import { Button } from '../ui/button';
import { ChoiceOrAll } from '../ui/choice-or-all';
import { SearchField } from '../ui/fields';
import { Chips, FilterBar } from '../ui/filters';
import { MoreFilters } from './more-filters';

const labels = text.accounts.filters;

const DROP_DOWNS = [
  {
    name: 'status_group',
    label: labels.status,
    words: text.accounts.statusGroup,
    hints: text.accounts.statusGroupHint,
  },
  { name: 'account_type', label: labels.type, words: text.words.accountType },
  { name: 'plan', label: labels.plan, words: text.words.plan },
  { name: 'add_on', label: labels.addOn, words: text.words.addOn },
] as const;

export function AccountFilterBar({ filters }: { filters: AccountFilters }) {
  const [params, setParams] = useSearchParams();
  const [isOpen, setOpen] = useState(false);
  const set = (changes: AccountFilters) => setParams(writeFilters(params, changes), { replace: true });
  const chips = describeFilters(filters);
  const hidden = chips.filter((chip) => !BAR_FILTERS.includes(chip.id)).length;
  return (
    <>
      <FilterBar label={labels.label}>
        <Search value={filters.q ?? ''} onChange={(q) => set({ q })} />
        {DROP_DOWNS.map(({ name, ...drop }) => (
          <ChoiceOrAll
            key={name}
            compact
            {...drop}
            value={filters[name] ?? null}
            onChange={(value) => set({ [name]: value })}
          />
        ))}
        <Button icon="filter" onPress={() => setOpen(true)}>
          {hidden ? `${labels.more} (${hidden})` : labels.more}
        </Button>
      </FilterBar>
      <Chips
        chips={chips}
        onRemove={(id) => set({ [id]: undefined })}
        onClear={() => setParams(clearedFilters(params), { replace: true })}
      />
      {isOpen && <MoreFilters filters={filters} onApply={set} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Asks a moment after the last letter, not at every one. */
function Search({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the wait
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onChange(typed), 300);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <SearchField
      label={text.accounts.search}
      placeholder={text.accounts.searchPlaceholder}
      value={typed}
      onChange={setTyped}
    />
  );
}
