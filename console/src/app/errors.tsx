/** What is shown when a page, or the console itself, cannot be. */
import { useLocation, useNavigate, useRouteError } from 'react-router';
import { unreachable } from '../api/problem';
import { text } from '../text/en';
import { Button, ButtonLink } from '../ui/button';
import { Page } from '../ui/page';
import { Empty, Failure } from '../ui/states';

export function PageFailed() {
  const error = useRouteError();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  console.error(error);
  if (isUnreached(error))
    return (
      <Page title={text.problems.unreachableTitle}>
        <Failure error={unreachable()} onRetry={() => void navigate(pathname + search, { replace: true })} />
      </Page>
    );
  return (
    <Page title={text.problems.crashTitle}>
      <Empty
        title={text.problems.crash}
        action={
          <>
            <Button look="primary" onPress={() => window.location.reload()}>
              {text.problems.reload}
            </Button>
            <ButtonLink href="/">{text.problems.toDashboard}</ButtonLink>
          </>
        }
      />
    </Page>
  );
}

/** Whether the code of a page could not be fetched because the network is away, which every browser says in its own words. */
function isUnreached(error: unknown): boolean {
  return error instanceof TypeError && /module/i.test(error.message) && !navigator.onLine;
}

export function PageMissing() {
  return (
    <Page title={text.problems.pageMissing}>
      <Empty
        title={text.problems.pageMissingDetail}
        action={
          <ButtonLink look="primary" href="/">
            {text.problems.toDashboard}
          </ButtonLink>
        }
      />
    </Page>
  );
}

export function StartFailed() {
  return (
    <main>
      <Page title={text.signIn.startFailedTitle}>
        <p>{text.signIn.startFailed}</p>
      </Page>
    </main>
  );
}
