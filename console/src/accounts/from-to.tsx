/** What stands now, and what it will be once that is chosen. */
import { text } from '../text/en';

interface FromToProps {
  label: string;
  from: string;
  to: string | null;
}

export function FromTo({ label, from, to }: FromToProps) {
  return (
    <p>
      {label}: <strong>{to ? text.account.fromTo(from, to) : from}</strong>
    </p>
  );
}
