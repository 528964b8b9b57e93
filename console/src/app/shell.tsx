/** Decides what stands on the page: signing in, choosing a partner, or the console itself. */
import { useEffect } from 'react';
import { RouterProvider as AriaRouter } from 'react-aria-components';
import { type NavigateOptions, useHref, useLocation, useNavigate } from 'react-router';
import { setListLocation } from '../accounts/list-location';
import { setActingPartner, useActingPartner } from '../api/acting-partner';
import { isGone } from '../api/problem';
import { queryClient } from '../api/query';
import type { Tokens } from '../auth/cognito';
import { IdleWarning } from '../auth/idle-warning';
import { keepPartner } from '../auth/kept-partner';
import { hasRole, MeContext, useMe } from '../auth/me';
import { begin, type Session, signOut, useSession } from '../auth/session';
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
  const isIn = session.state === 'signed-in' || session.state === 'ended';
  const isRestoring = session.state === 'restoring';
  const me = useMe(isIn && !isInvited);
  const acting = useActingPartner();
  useKeptPartner(session, me.error, acting);
  const mustChoose = me.data && (!hasRole(me.data) || (me.data.memberships.length > 1 && !acting));
  useEffect(() => {
    if (!isIn && !isRestoring && !isInvited) forget();
  }, [isIn, isRestoring, isInvited]);

  if (isRestoring) return <Restoring />;
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
      {session.state === 'signed-in' && <IdleWarning subject={session.subject ?? ''} limit={session.idleLimit} />}
      {session.state === 'ended' && <SessionEnded username={session.username ?? me.data?.email ?? null} />}
    </>
  );
}

/** The choice outlasts a reload, unless the partner is no longer theirs to act for. */
function useKeptPartner({ state, subject }: Session, error: unknown, acting: string | null): void {
  useEffect(() => {
    if (state === 'signed-in' && subject !== null) keepPartner(subject, acting);
  }, [state, subject, acting]);
  useEffect(() => {
    if (acting !== null && isGone(error)) setActingPartner(null);
  }, [acting, error]);
}

function Restoring() {
  return (
    <main>
      <Page title={text.product}>
        <Skeleton lines={8} />
      </Page>
    </main>
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
  const { subject } = useSession();
  const resume = (tokens: Tokens, name: string) => {
    if (tokens.subject !== subject) forget();
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
