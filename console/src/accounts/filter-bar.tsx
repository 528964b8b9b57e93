/** The filters above the accounts: search, the drop-downs, more filters, columns and saved views. */
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { text } from '../text/en';
import { Button } from '../ui/button';
import { SearchField } from '../ui/fields';
import { Chips, FilterBar } from '../ui/filters';
import { Select } from '../ui/select';
import { BAR_FILTERS, clearedFilters, describeFilters, writeFilters, type AccountFilters } from './filters';
import { MoreFilters } from './more-filters';

const ALL = 'all';
const labels = text.accounts.filters;

function choicesOf(words: Record<string, string>, hints: Record<string, string> = {}) {
  return [
    { value: ALL, label: text.filters.all },
    ...Object.entries(words).map(([value, label]) => ({ value, label, hint: hints[value] })),
  ];
}

const DROP_DOWNS = [
  { name: 'standing', label: labels.status, choices: choicesOf(text.accounts.standing, text.accounts.standingHint) },
  { name: 'account_type', label: labels.type, choices: choicesOf(text.words.accountType) },
  { name: 'plan', label: labels.plan, choices: choicesOf(text.words.plan) },
  { name: 'add_on', label: labels.addOn, choices: choicesOf(text.words.addOn) },
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
        {DROP_DOWNS.map(({ name, label, choices }) => (
          <Select
            key={name}
            compact
            label={label}
            choices={choices}
            value={filters[name] ?? ALL}
            onChange={(value) => set({ [name]: value === ALL ? undefined : value })}
          />
        ))}
        <Button icon="filter" onPress={() => setOpen(true)}>
          {hidden ? `${labels.more} (${hidden})` : labels.more}
        </Button>
      </FilterBar>
      <Chips chips={chips} onRemove={(id) => set({ [id]: undefined })} onClear={() => setParams(clearedFilters(params), { replace: true })} />
      {isOpen && <MoreFilters filters={filters} onApply={set} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Asks a moment after the last letter, not at every one. */
function Search({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onChange(typed), 300);
    return () => clearTimeout(timer);
  }, [typed]);
  return <SearchField label={text.accounts.search} placeholder={text.accounts.searchPlaceholder} value={typed} onChange={setTyped} />;
}
