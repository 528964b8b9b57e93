/** A book without accounts: how it gets its first. */
import { useRights } from '../auth/me';
import { text } from '../text/en';
import { ButtonLink } from '../ui/button';
import { Empty } from '../ui/states';

export function NoAccounts() {
  const { can } = useRights();
  return (
    <Empty
      title={text.accounts.noneTitle}
      action={
        <>
          {can('create_account') && (
            <ButtonLink look="primary" href="/accounts/new">
              {text.accounts.newAccount}
            </ButtonLink>
          )}
          <ButtonLink href="/invite">{text.shell.pages.invite}</ButtonLink>
        </>
      }
    >
      {text.accounts.noneDetail}
    </Empty>
  );
}
