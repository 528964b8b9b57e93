/** The book by status and type: each figure is a link to its accounts. */
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from 'react-router';
import { type AccountFilters, accountsHref, type StatusGroup } from '../account-filters/filters';
import type { Summary } from '../accounts/summary-queries';
import type { AccountType, StatusCode } from '../api/types';
import { text } from '../text/en';
import { formatNumber, formatShare } from '../text/format';
import { type ChartTone, Shares, Swatch } from '../ui/charts';
import { Section } from '../ui/page';
import { Loaded } from '../ui/states';
import styles from './portfolio.module.css';

const labels = text.dashboard;
const ROWS: { status: StatusCode; statusGroup: StatusGroup; tone: ChartTone }[] = [
  { status: 'O', statusGroup: 'open', tone: 'open' },
  { status: 'T', statusGroup: 'trial', tone: 'trial' },
  { status: 'E', statusGroup: 'expired', tone: 'expired' },
  { status: 'C', statusGroup: 'cancelled', tone: 'canceled' },
];
const TYPES: AccountType[] = ['managed', 'referred'];

export function Portfolio({ summary }: { summary: UseQueryResult<Summary> }) {
  return (
    <Section title={labels.portfolio} help={text.rules.status} lead={labels.portfolioLead}>
      <Loaded query={summary} lines={5}>
        {(data) => <Figures summary={data} />}
      </Loaded>
    </Section>
  );
}

function Figures({ summary }: { summary: Summary }) {
  return (
    <div className={styles.portfolio}>
      <div>
        <p className={styles.total}>
          <Figure filters={{}} value={summary.count()} />
          <span>{labels.accounts}</span>
        </p>
        <Shares
          parts={ROWS.map(({ status, statusGroup, tone }) => ({
            tone,
            value: summary.count(status),
            href: accountsHref({ status_group: statusGroup }),
            tip: labels.shareTip(
              text.words.status[status],
              formatNumber(summary.count(status)),
              formatShare(summary.count(status), summary.count()),
            ),
          }))}
        />
      </div>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{labels.status}</th>
            {TYPES.map((type) => (
              <th key={type} scope="col">
                {text.words.accountType[type]}
              </th>
            ))}
            <th scope="col">{labels.total}</th>
            <th scope="col" className={styles.share}>
              {labels.share}
            </th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map(({ status, statusGroup, tone }) => (
            <tr key={status}>
              <th scope="row">
                <Swatch tone={tone} /> {text.words.status[status]}
              </th>
              {TYPES.map((type) => (
                <td key={type}>
                  <Figure
                    filters={{ status_group: statusGroup, account_type: type }}
                    value={summary.count(status, type)}
                  />
                </td>
              ))}
              <td>
                <Figure filters={{ status_group: statusGroup }} value={summary.count(status)} />
              </td>
              <td className={styles.share}>{formatShare(summary.count(status), summary.count())}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{labels.total}</th>
            {TYPES.map((type) => (
              <td key={type}>
                <Figure filters={{ account_type: type }} value={summary.count(undefined, type)} />
              </td>
            ))}
            <td>
              <Figure filters={{}} value={summary.count()} />
            </td>
            <td className={styles.share} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Figure({ filters, value }: { filters: AccountFilters; value: number }) {
  return <Link to={accountsHref(filters)}>{formatNumber(value)}</Link>;
}
