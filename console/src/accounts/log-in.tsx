/** Logging in to a managed account by a sign-in link that works once, within a minute. */
import { useEffect, useState } from 'react';
import type { Account } from '../api/types';
import { type Rights, useRights } from '../auth/me';
import { text } from '../text/en';
import { Button } from '../ui/button';
import { Dialog, DialogActions, DialogBody } from '../ui/dialog';
import { Progress } from '../ui/progress';
import { Failure, Skeleton } from '../ui/states';
import { useSignInLink } from './management-request-queries';
import { refusalOf } from './refusal';

/** Why this person cannot log in to this account; undefined where they can. */
export function logInRefusal(account: Account, { can }: Rights): string | undefined {
  if (!can('issue_sign_in_link')) return text.accounts.logInViewer;
  return refusalOf(account, 'issue_sign_in_link');
}

export function LogInButton({ account, small = true }: { account: Account; small?: boolean }) {
  const rights = useRights();
  const [isOpen, setOpen] = useState(false);
  if (logInRefusal(account, rights)) return null;
  return (
    <>
      <Button
        small={small}
        onPress={() => setOpen(true)}
        aria-label={`${text.accounts.logIn}: ${account.organization}`}
      >
        {text.accounts.logIn}
      </Button>
      {isOpen && <LogInDialog account={account} onClose={() => setOpen(false)} />}
    </>
  );
}

const DEFAULT_SECONDS = 60;

export function LogInDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const link = useSignInLink();
  const { mutate } = link;
  const [isExpired, setExpired] = useState(false);
  const make = () => {
    setExpired(false);
    mutate(account.account_id);
  };
  useEffect(() => mutate(account.account_id), [mutate, account.account_id]);
  // The link is spent then: nothing is left to be done here.
  const open = (url: string) => {
    openLink(url);
    onClose();
  };
  return (
    <Dialog title={text.accounts.logInTitle(account.organization)} isOpen onClose={onClose}>
      <DialogBody>
        {link.error ? (
          <Failure error={link.error} onRetry={make} />
        ) : link.data ? (
          <LinkReady
            key={link.data.token ?? ''}
            account={account}
            seconds={link.data.expires_in ?? DEFAULT_SECONDS}
            isExpired={isExpired}
            onExpired={() => setExpired(true)}
          />
        ) : (
          <Skeleton lines={2} />
        )}
      </DialogBody>
      <DialogActions>
        <Button onPress={onClose}>{text.actions.close}</Button>
        {link.data && isExpired && (
          <Button look="primary" isPending={link.isPending} onPress={make}>
            {text.accounts.logInAgain}
          </Button>
        )}
        {link.data && !isExpired && (
          <Button look="primary" icon="external" onPress={() => open(link.data.url ?? '')}>
            {text.accounts.logInOpen}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function openLink(url: string): void {
  window.open(url, '_blank', 'noopener,noreferrer');
}

function LinkReady({
  account,
  seconds,
  isExpired,
  onExpired,
}: {
  account: Account;
  seconds: number;
  isExpired: boolean;
  onExpired: () => void;
}) {
  const secondsLeft = useCountdown(seconds, onExpired);
  if (isExpired) return <p>{text.accounts.logInExpired}</p>;
  return (
    <>
      <p>{text.accounts.logInReady(account.organization)}</p>
      <Progress
        label={text.accounts.secondsLeft(secondsLeft)}
        hideLabel
        value={secondsLeft}
        max={seconds}
        valueText={text.accounts.secondsLeft(secondsLeft)}
      />
    </>
  );
}

/** Counts down from when the answer came: the clock of this machine may be minutes away from the server's. */
function useCountdown(seconds: number, onOver: () => void): number {
  const [end] = useState(() => performance.now() + seconds * 1000);
  const [left, setLeft] = useState(seconds);
  // biome-ignore lint/correctness/useExhaustiveDependencies: one countdown for each link
  useEffect(() => {
    const timer = setInterval(() => {
      const next = Math.max(0, Math.ceil((end - performance.now()) / 1000));
      setLeft(next);
      if (next > 0) return;
      clearInterval(timer);
      onOver();
    }, 500);
    return () => clearInterval(timer);
  }, [end]);
  return left;
}
