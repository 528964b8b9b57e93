/** Bonuses by the month they were earned in: columns, and the same figures in a table beside them. */

import { text } from '../text/en';
import { formatMoney, formatMonth, formatNumber } from '../text/format';
import { StackedColumns } from '../ui/charts';
import { Section } from '../ui/page';
import styles from './months.module.css';
import type { Month } from './queries';

const labels = text.bonuses;
const MONTHS_SHOWN = 12;

export function Months({ months }: { months: Month[] }) {
  const latest = [...months].sort((a, b) => a.month.localeCompare(b.month)).slice(-MONTHS_SHOWN);
  return (
    <Section title={labels.months} lead={labels.monthsLead}>
      <div className={styles.beside}>
        <StackedColumns
          height={170}
          bars={latest.map(({ month, bonuses }) => ({ label: month, parts: [{ tone: 'open', value: bonuses }] }))}
        />
        <section className={styles.scroll} tabIndex={0} aria-label={text.table.figures(labels.months)}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{labels.month}</th>
                <th scope="col">{labels.count}</th>
                <th scope="col">{labels.total}</th>
              </tr>
            </thead>
            <tbody>
              {[...latest].reverse().map((month) => (
                <tr key={`${month.month} ${month.currency}`}>
                  <th scope="row">{formatMonth(month.month)}</th>
                  <td>{formatNumber(month.bonuses)}</td>
                  <td>{formatMoney(month.amount, month.currency)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </div>
    </Section>
  );
}
