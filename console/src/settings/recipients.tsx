/** The recipients of the settings: whether mail goes to each, why not, and asking one of them again. */
import { explain } from '../api/problem';
import { text } from '../text/en';
import { notify } from '../ui/announce';
import { Badge, type Tone } from '../ui/badge';
import { Button } from '../ui/button';
import { Facts, Section } from '../ui/page';
import { type Recipient, useRequestConfirmation } from './queries';

const labels = text.settings;
const TONES: Record<Recipient['status'], Tone> = { active: 'good', pending: 'warn', suppressed: 'bad' };

/** What stands beside an address. */
export function describe({ status, reason }: Recipient): string {
  return labels.recipientStatus[reason ?? (status === 'pending' ? 'pending' : 'active')];
}

export function RecipientStates({ recipients, canAsk }: { recipients: Recipient[]; canAsk: boolean }) {
  const ask = useRequestConfirmation((address) => notify(labels.askedAgain(address)));
  if (recipients.length === 0) return null;
  return (
    <Section title={labels.recipientStates}>
      <Facts
        facts={recipients.map((recipient) => ({
          label: recipient.address,
          value: (
            <>
              <Badge tone={TONES[recipient.status]}>{describe(recipient)}</Badge>{' '}
              {canAsk && recipient.status !== 'active' && recipient.reason !== 'complained' && (
                <Button
                  small
                  aria-label={labels.askAgainOf(recipient.address)}
                  isPending={ask.isPending && ask.variables === recipient.address}
                  onPress={() =>
                    ask.mutate(recipient.address, { onError: (error) => notify(explain(error).detail, 'bad') })
                  }
                >
                  {labels.askAgain}
                </Button>
              )}
            </>
          ),
        }))}
      />
    </Section>
  );
}
