/** Accepting an invitation to a team: sign in, the first time by choosing a password, and join. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { setActingPartner } from '../api/acting-partner';
import { usePendingAction } from '../auth/attempt';
import { type StepNeeded, signInWith } from '../auth/cognito';
import { begin, signOut } from '../auth/session';
import { SignInSteps } from '../auth/sign-in';
import { text, word } from '../text/en';
import { formatDay } from '../text/format';
import { Button } from '../ui/button';
import styles from '../ui/centered-page.module.css';
import { Note, Page } from '../ui/page';
import { Failure, Loaded } from '../ui/states';
import { type Offer, startSignIn, useAccept, useOffer } from './queries';

const labels = text.invitation;

export function InvitationPage({ token, isIn }: { token: string; isIn: boolean }) {
  const offer = useOffer(token);
  return (
    <main className={styles.main}>
      <Page title={labels.title}>
        <Loaded query={offer} lines={4}>
          {(found) => (
            <>
              <p>{labels.offer(found.partner, word(text.shell.roles, found.role), found.email)}</p>
              <p>{labels.until(formatDay(found.expires_at))}</p>
              {isIn ? <Accept token={token} /> : <Enter token={token} offer={found} />}
            </>
          )}
        </Loaded>
      </Page>
    </main>
  );
}

function Accept({ token }: { token: string }) {
  const navigate = useNavigate();
  const accept = useAccept((joined) => {
    setActingPartner(joined.partner_id);
    void navigate('/', { replace: true });
  });
  return (
    <>
      {accept.error && <Failure error={accept.error} />}
      <Button look="primary" isPending={accept.isPending} onPress={() => accept.mutate(token)}>
        {labels.accept}
      </Button>
      <Button look="quiet" onPress={() => void signOut()}>
        {labels.other}
      </Button>
    </>
  );
}

/** Who has signed in before does so again; anybody else gets a sign-in and chooses its password at once. */
function Enter({ token, offer }: { token: string; offer: Offer }) {
  const [step, setStep] = useState<StepNeeded | null>(null);
  const [hasAccount, setHasAccount] = useState(false);
  const { isPending, error, run } = usePendingAction();
  const start = () =>
    run(async () => {
      const first = await startSignIn(token);
      const result = await signInWith(first.email, first.first_password).catch(() => null);
      if (result === null) setHasAccount(true);
      else if ('challenge' in result) setStep(result);
      else begin(result, first.email);
    });
  if (step) return <SignInSteps username={offer.email} first={step} onDone={begin} />;
  return (
    <>
      {error !== null && <Failure error={error} />}
      {hasAccount ? (
        <Note>{labels.hasAccount}</Note>
      ) : (
        <Button look="primary" isPending={isPending} onPress={start}>
          {labels.start}
        </Button>
      )}
      <h2>{labels.before}</h2>
      <SignInSteps username={offer.email} onDone={begin} />
    </>
  );
}
