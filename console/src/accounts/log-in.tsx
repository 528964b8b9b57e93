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

/** Why this person cannot log in to this account; undefined where they can. */
export function logInRefusal(account: Account, { can }: Rights): string | undefined {
  if (!can('issue_sign_in_link')) return text.accounts.logInViewer;
  return account.account_type === 'managed' ? undefined : text.accounts.logInReferred;
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

export function LogInDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const link = useSignInLink();
  const { mutate } = link;
  const [isExpired, setExpired] = useState(false);
  const make = () => {
    setExpired(false);
    mutate(account.account_id);
  };
  useEffect(() => mutate(account.account_id), [mutate, account.account_id]);
  return (
    <Dialog title={text.accounts.logInTitle} isOpen onClose={onClose}>
      <DialogBody>
        {link.error ? (
          <Failure error={link.error} onRetry={make} />
        ) : link.data ? (
          <LinkReady
            key={link.data.expires_at ?? ''}
            account={account}
            until={link.data.expires_at ?? ''}
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
          <Button look="primary" icon="external" onPress={() => openLink(link.data.url ?? '')}>
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
  until,
  isExpired,
  onExpired,
}: {
  account: Account;
  until: string;
  isExpired: boolean;
  onExpired: () => void;
}) {
  const secondsLeft = useSecondsUntil(until, onExpired);
  if (isExpired) return <p>{text.accounts.logInExpired}</p>;
  return (
    <>
      <p>{text.accounts.logInReady(account.organization)}</p>
      <Progress
        label={text.accounts.secondsLeft(secondsLeft)}
        hideLabel
        value={secondsLeft}
        max={60}
        valueText={text.accounts.secondsLeft(secondsLeft)}
      />
    </>
  );
}

function useSecondsUntil(moment: string, onExpired: () => void): number {
  const [secondsLeft, setSecondsLeft] = useState(() => secondsUntil(moment));
  // biome-ignore lint/correctness/useExhaustiveDependencies: one countdown for each link
  useEffect(() => {
    const timer = setInterval(() => {
      const next = secondsUntil(moment);
      setSecondsLeft(next);
      if (next <= 0) {
        clearInterval(timer);
        onExpired();
      }
    }, 500);
    return () => clearInterval(timer);
  }, [moment]);
  return secondsLeft;
}

function secondsUntil(moment: string): number {
  return Math.max(0, Math.min(60, Math.ceil((Date.parse(moment) - Date.now()) / 1000)));
}
