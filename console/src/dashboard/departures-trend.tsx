/** Departures by week, with the reasons given most. */
import { Link } from 'react-router';
import { today } from '../api/business-day';
import { WeeksChart } from '../departures/chart';
import { byReason, byWeek, NO_REASON } from '../departures/figures';
import { type Departure, useDepartures } from '../departures/queries';
import { text, word } from '../text/en';
import { formatNumber } from '../text/format';
import { TextLink } from '../ui/button';
import { Section } from '../ui/page';
import { Loaded } from '../ui/states';
import styles from './cards.module.css';

const labels = text.dashboard;

export function DeparturesTrend() {
  const departures = useDepartures();
  return (
    <Section
      title={labels.departures}
      lead={labels.departuresLead}
      actions={
        departures.data &&
        departures.data.length > 0 && (
          <TextLink href="/departures">{labels.departuresAll(formatNumber(departures.data.length))}</TextLink>
        )
      }
    >
      <Loaded query={departures} lines={5}>
        {(rows) => (rows.length === 0 ? <p>{labels.departuresEmpty}</p> : <Trend departures={rows} />)}
      </Loaded>
    </Section>
  );
}

function Trend({ departures }: { departures: Departure[] }) {
  return (
    <>
      <WeeksChart weeks={byWeek(departures, today())} height={96} />
      <h3 className={styles.subtitle}>{labels.topReasons}</h3>
      <ul className={styles.list}>
        {byReason(departures)
          .slice(0, 4)
          .map(({ reason, count }) => (
            <li key={reason ?? ''}>
              <span>{reason ? word(text.words.cancelReason, reason) : text.departures.noReason}</span>
              <Link to={`/departures?reason=${reason ?? NO_REASON}`}>{formatNumber(count)}</Link>
            </li>
          ))}
      </ul>
    </>
  );
}
