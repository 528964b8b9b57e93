/** What narrows the Managed Account Details report: the targeted lists of the program. */
import { ActivityFilters, activityFiltersOf } from '../account-filters/activity-filters';
import type { AccountFilters, AccountQuery } from '../account-filters/filters';
import { text } from '../text/en';
import { ChoiceOrAll, chosen } from '../ui/choice-or-all';
import { FieldRow } from '../ui/fields';
import type { Values } from '../ui/form';
import styles from './reports.module.css';

const labels = text.accounts.filters;

export function DetailsFilters({ filters }: { filters: AccountFilters }) {
  return (
    <details className={styles.narrow} open={Object.keys(filters).length > 0}>
      <summary>{text.reports.generate.narrow}</summary>
      <div className={styles.narrowBody}>
        <ActivityFilters filters={filters} />
        <FieldRow>
          <ChoiceOrAll name="plan" label={labels.plan} words={text.words.plan} defaultValue={filters.plan} />
          <ChoiceOrAll name="add_on" label={labels.addOn} words={text.words.addOn} defaultValue={filters.add_on} />
        </FieldRow>
      </div>
    </details>
  );
}

/** Only what is set: a report's filters are sent as they stand. */
export function detailsFiltersOf(values: Values, data: FormData): AccountQuery {
  const all = { plan: chosen(values.plan), add_on: chosen(values.add_on), ...activityFiltersOf(values, data) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as AccountQuery;
}
