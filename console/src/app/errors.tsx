/** What is shown when a page, or the console itself, cannot be. */
import { useRouteError } from 'react-router';
import { text } from '../text/en';
import { Button, ButtonLink } from '../ui/button';
import { Page } from '../ui/page';
import { Empty } from '../ui/states';

export function PageFailed() {
  const error = useRouteError();
  console.error(error);
  return (
    <Page title={text.problems.crashTitle}>
      <Empty
        title={text.problems.crash}
        action={
          <Button look="primary" onPress={() => window.location.reload()}>
            {text.problems.reload}
          </Button>
        }
      />
    </Page>
  );
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
