/** Why and when accounts left: bars with the same figures in a table. */
import { Link } from 'react-router';
import { today } from '../api/business-day';
import { text, word } from '../text/en';
import { formatNumber, formatShare, formatShortDay } from '../text/format';
import { StackedColumns, Strip, Swatch } from '../ui/charts';
import styles from './chart.module.css';
import { byReason, byWeek, NO_REASON } from './figures';
import type { Departure } from './queries';

const labels = text.departures;

export function Reasons({ departures }: { departures: Departure[] }) {
  const reasons = byReason(departures);
  const maxCount = reasons[0]?.count ?? 0;
  return (
    <table className={styles.reasons}>
      <thead>
        <tr>
          <th scope="col">{labels.reason}</th>
          <td />
          <th scope="col">{labels.count}</th>
          <th scope="col">{labels.share}</th>
        </tr>
      </thead>
      <tbody>
        {reasons.map(({ reason, count }) => (
          <tr key={reason ?? ''}>
            <th scope="row">{reason ? word(text.words.cancelReason, reason) : labels.noReason}</th>
            <td className={styles.bar}>
              <Strip value={count} max={maxCount} tone="canceled" />
            </td>
            <td>
              <Link to={`/departures?reason=${reason ?? NO_REASON}`}>{formatNumber(count)}</Link>
            </td>
            <td>{formatShare(count, departures.length)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Weeks({ departures }: { departures: Departure[] }) {
  const weeks = byWeek(departures, today());
  return (
    <div className={styles.weeks}>
      <StackedColumns
        height={130}
        bars={weeks.map((week) => ({
          label: week.from,
          parts: [
            { tone: 'canceled', value: week.cancellations },
            { tone: 'neutral', value: week.moveOuts },
          ],
        }))}
      />
      <p className={styles.legend}>
        <span>
          <Swatch tone="canceled" /> {labels.cancellations}
        </span>
        <span>
          <Swatch tone="neutral" /> {labels.moveOuts}
        </span>
      </p>
      <section className={styles.scroll} tabIndex={0} aria-label={text.table.figures(labels.trend)}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{labels.week}</th>
              <th scope="col">{labels.cancellations}</th>
              <th scope="col">{labels.moveOuts}</th>
            </tr>
          </thead>
          <tbody>
            {[...weeks].reverse().map((week) => (
              <tr key={week.from}>
                <th scope="row">{formatShortDay(week.from)}</th>
                <td>{formatNumber(week.cancellations)}</td>
                <td>{formatNumber(week.moveOuts)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
