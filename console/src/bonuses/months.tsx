/** Bonuses by the month they were earned in: columns, and the same figures in a table beside them. */
import { Link } from 'react-router';
import { text } from '../text/en';
import { formatMoney, formatMonth, formatNumber, formatShortMonth } from '../text/format';
import { Swatch } from '../ui/charts';
import { ColumnsChart } from '../ui/columns-chart';
import { Figures } from '../ui/figures';
import { Section } from '../ui/page';
import { countsByMonth, type MonthCount } from './month-counts';
import styles from './months.module.css';
import type { Earned } from './queries';

const labels = text.bonuses;
const MONTHS_SHOWN = 12;

export function Months({ earned }: { earned: Earned }) {
  const latest = countsByMonth(earned).slice(-MONTHS_SHOWN);
  return (
    <Section title={labels.months} lead={labels.monthsLead}>
      <div className={styles.beside}>
        <div>
          <ColumnsChart
            label={labels.months}
            format={formatNumber}
            bars={latest.map((month) => ({
              id: `${month.month}-${month.currency}`,
              label: formatShortMonth(month.month),
              tip: labels.monthTip(
                formatMonth(month.month),
                formatNumber(month.earned),
                formatNumber(month.paid),
                formatMoney(month.amount, month.currency),
              ),
              parts: [
                { tone: 'open', value: month.earned },
                { tone: 'neutral', value: month.paid },
              ],
              href: monthHref(month.month, month.earned > 0 ? 'earned' : 'paid'),
            }))}
          />
          <p className={styles.legend}>
            <span>
              <Swatch tone="open" /> {labels.toBePaid}
            </span>
            <span>
              <Swatch tone="neutral" /> {labels.paid}
            </span>
          </p>
        </div>
        <Figures
          label={labels.months}
          head={[labels.month, labels.toBePaid, labels.paid, labels.total]}
          rows={[...latest].reverse().map((month) => ({
            id: `${month.month}-${month.currency}`,
            cells: [
              formatMonth(month.month),
              <Count key="earned" month={month} of="earned" />,
              <Count key="paid" month={month} of="paid" />,
              formatMoney(month.amount, month.currency),
            ],
          }))}
        />
      </div>
    </Section>
  );
}

const monthHref = (month: string, status: 'earned' | 'paid'): string => `/bonuses?nab_status=${status}&month=${month}`;

function Count({ month, of }: { month: MonthCount; of: 'earned' | 'paid' }) {
  if (month[of] === 0) return formatNumber(0);
  return (
    <Link
      to={monthHref(month.month, of)}
      aria-label={labels.monthLink(formatNumber(month[of]), of, formatMonth(month.month))}
    >
      {formatNumber(month[of])}
    </Link>
  );
}
