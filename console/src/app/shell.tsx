/** Decides what stands on the page: signing in, choosing a partner, or the console itself. */
import { useEffect } from 'react';
import { RouterProvider as AriaRouter } from 'react-aria-components';
import { type NavigateOptions, useHref, useLocation, useNavigate } from 'react-router';
import { setListLocation } from '../accounts/list-location';
import { setActingPartner, useActingPartner } from '../api/acting-partner';
import { queryClient } from '../api/query';
import type { Tokens } from '../auth/cognito';
import { IdleWarning } from '../auth/idle-warning';
import { hasRole, MeContext, useMe } from '../auth/me';
import { begin, signOut, useSession } from '../auth/session';
import { SignInPage, SignInSteps } from '../auth/sign-in';
import { InvitationPage } from '../invitations/page';
import { text } from '../text/en';
import { Announcer, forgetNotices } from '../ui/announce';
import { Button } from '../ui/button';
import { Dialog, DialogActions, DialogBody } from '../ui/dialog';
import { Page } from '../ui/page';
import { Failure, Skeleton } from '../ui/states';
import { Layout } from './layout';
import { ChooseMembership } from './membership-choice';

declare module 'react-aria-components' {
  interface RouterConfig {
    routerOptions: NavigateOptions;
  }
}

export function Shell() {
  const navigate = useNavigate();
  return (
    <AriaRouter navigate={(path, options) => void navigate(path, options)} useHref={useHref}>
      <Gate />
      <Announcer />
    </AriaRouter>
  );
}

function Gate() {
  const session = useSession();
  const { pathname, hash } = useLocation();
  const isInvited = pathname === '/invitation' && hash.length > 1;
  const isIn = session.state !== 'signed-out';
  const me = useMe(isIn && !isInvited);
  const acting = useActingPartner();
  const mustChoose = me.data && (!hasRole(me.data) || (me.data.memberships.length > 1 && !acting));
  useEffect(() => {
    if (!isIn && !isInvited) forget();
  }, [isIn, isInvited]);

  if (isInvited) return <InvitationPage token={hash.slice(1)} isIn={isIn} />;
  if (!isIn) return <SignInPage onDone={begin} />;
  return (
    <>
      {me.data && mustChoose ? (
        <ChooseMembership person={me.data} />
      ) : me.data && hasRole(me.data) ? (
        <MeContext value={me.data}>
          <Layout key={me.data.subject} />
        </MeContext>
      ) : (
        <main>
          <Page title={text.product}>
            {me.error ? <NoPlace error={me.error} onRetry={() => void me.refetch()} /> : <Skeleton lines={8} />}
          </Page>
        </main>
      )}
      {session.state === 'signed-in' && <IdleWarning username={session.username ?? ''} />}
      {session.state === 'ended' && <SessionEnded username={session.username} />}
    </>
  );
}

/** What one person has seen must not be there for the next. */
function forget(): void {
  queryClient.clear();
  setListLocation('');
  forgetNotices();
  setActingPartner(null);
}

function NoPlace({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <>
      <Failure error={error} onRetry={onRetry} />
      <Button onPress={() => void signOut()}>{text.shell.signOut}</Button>
    </>
  );
}

function SessionEnded({ username }: { username: string | null }) {
  const partner = useActingPartner();
  const resume = (tokens: Tokens, name: string) => {
    if (name !== username) forget();
    else setActingPartner(partner);
    begin(tokens, name);
    void queryClient.invalidateQueries();
  };
  return (
    <Dialog title={text.signIn.endedTitle} isOpen mustAnswer onClose={() => undefined}>
      <DialogBody>
        <p>{text.signIn.ended}</p>
        <SignInSteps username={username} onDone={resume} />
      </DialogBody>
      <DialogActions>
        <Button look="quiet" onPress={() => void signOut()}>
          {text.signIn.endedOther}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
