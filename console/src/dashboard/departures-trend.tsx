/** Departures by week, with the reasons given most. */
import { Link } from 'react-router';
import { WeeksChart } from '../departures/chart';
import { NO_REASON } from '../departures/figures';
import { text, word } from '../text/en';
import { addDays, formatNumber } from '../text/format';
import { TextLink } from '../ui/button';
import { Section } from '../ui/page';
import { Loaded } from '../ui/states';
import styles from './cards.module.css';
import { type DepartureCounts, useDepartureCounts } from './queries';

const labels = text.dashboard;

export function DeparturesTrend() {
  const departures = useDepartureCounts();
  return (
    <Section
      title={labels.departures}
      lead={labels.departuresLead}
      actions={
        departures.data &&
        departures.data.total > 0 && (
          <TextLink href="/departures">{labels.departuresAll(formatNumber(departures.data.total))}</TextLink>
        )
      }
    >
      <Loaded query={departures} lines={5}>
        {(counts) => (counts.total === 0 ? <p>{labels.departuresEmpty}</p> : <Trend counts={counts} />)}
      </Loaded>
    </Section>
  );
}

function Trend({ counts: { weeks, reasons } }: { counts: DepartureCounts }) {
  const bars = weeks.map(({ first, cancellations, move_outs }) => ({
    from: first,
    to: addDays(first, 6),
    cancellations,
    moveOuts: move_outs,
  }));
  return (
    <>
      <WeeksChart weeks={bars} height={96} />
      <h3 className={styles.subtitle}>{labels.topReasons}</h3>
      <ul className={styles.list}>
        {reasons.slice(0, 4).map(({ reason, count }) => (
          <li key={reason ?? ''}>
            <span>{reason ? word(text.words.cancelReason, reason) : text.departures.noReason}</span>
            <Link to={`/departures?reason=${reason ?? NO_REASON}`}>{formatNumber(count)}</Link>
          </li>
        ))}
      </ul>
    </>
  );
}
