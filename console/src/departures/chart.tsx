/** Why and when accounts left: bars with the same figures in a table. */
import { Link } from 'react-router';
import { today } from '../api/business-day';
import { text, word } from '../text/en';
import { formatNumber, formatShare, formatShortDay } from '../text/format';
import { StripLink, Swatch } from '../ui/charts';
import { ColumnsChart } from '../ui/columns-chart';
import { Figures } from '../ui/figures';
import styles from './chart.module.css';
import { byReason, byWeek, NO_REASON, type WeekCount, weekHref } from './figures';
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
              <StripLink
                value={count}
                max={maxCount}
                tone="canceled"
                href={`/departures?reason=${reason ?? NO_REASON}`}
                tip={labels.reasonTip(
                  reason ? word(text.words.cancelReason, reason) : labels.noReason,
                  formatNumber(count),
                  formatShare(count, departures.length),
                )}
              />
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
      <WeeksChart weeks={weeks} height={130} />
      <p className={styles.legend}>
        <span>
          <Swatch tone="canceled" /> {labels.cancellations}
        </span>
        <span>
          <Swatch tone="neutral" /> {labels.moveOuts}
        </span>
      </p>
      <Figures
        label={labels.trend}
        head={[labels.week, labels.cancellations, labels.moveOuts]}
        rows={[...weeks].reverse().map((week) => ({
          id: week.from,
          cells: [
            formatShortDay(week.from),
            <WeekFigure key="cancellations" week={week} event="cancellation" value={week.cancellations} />,
            <WeekFigure key="move-outs" week={week} event="move_out" value={week.moveOuts} />,
          ],
        }))}
      />
    </div>
  );
}

/** Departures by week as columns, each of which leads to those of its week. */
export function WeeksChart({ weeks, height }: { weeks: WeekCount[]; height: number }) {
  return (
    <ColumnsChart
      label={labels.trend}
      height={height}
      format={formatNumber}
      bars={weeks.map((week) => ({
        id: week.from,
        label: formatShortDay(week.from),
        tip: labels.weekTip(
          formatShortDay(week.from),
          formatShortDay(week.to),
          formatNumber(week.cancellations),
          formatNumber(week.moveOuts),
        ),
        parts: [
          { tone: 'canceled', value: week.cancellations },
          { tone: 'neutral', value: week.moveOuts },
        ],
        ...(week.cancellations + week.moveOuts > 0 ? { href: weekHref(week) } : {}),
      }))}
    />
  );
}

interface WeekFigureProps {
  week: WeekCount;
  event: Departure['event'];
  value: number;
}

function WeekFigure({ week, event, value }: WeekFigureProps) {
  if (value === 0) return formatNumber(0);
  return (
    <Link
      to={`${weekHref(week)}&event=${event}`}
      aria-label={labels.weekLink(`${formatNumber(value)} ${word(text.words.event, event)}`, formatShortDay(week.from))}
    >
      {formatNumber(value)}
    </Link>
  );
}
