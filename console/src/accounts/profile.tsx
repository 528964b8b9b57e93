/** Changing an account's profile. */
import type { Account } from '../api/types';
import { useRights } from '../auth/me';
import { text } from '../text/en';
import { notify } from '../ui/announce';
import { TextField } from '../ui/fields';
import { FormDialog } from '../ui/form-dialog';
import { Note } from '../ui/page';
import { ownerOf } from './create';
import { ProfileFields } from './profile-fields';
import { useSaveProfile } from './profile-queries';

const labels = text.account;

export function EditProfile({ account, onClose }: { account: Account; onClose: () => void }) {
  const { isOperator } = useRights();
  const isOwn = account.account_type === 'managed' || isOperator;
  const save = useSaveProfile({
    onSuccess: () => {
      notify(labels.changed.profile);
      onClose();
    },
  });
  const submit = (values: Record<string, string>) =>
    save.mutate({
      account,
      profile: {
        ...(isOwn && {
          organization: values.organization ?? '',
          owner: ownerOf(values),
          website: values.website || null,
        }),
        partner_account_id: values.partner_account_id || null,
      },
    });
  return (
    <FormDialog
      title={labels.editTitle(account.organization)}
      submit={text.actions.save}
      error={save.error}
      isPending={save.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {isOwn ? <ProfileFields account={account} /> : <Note>{labels.referredProfile}</Note>}
      <TextField
        name="partner_account_id"
        label={labels.partnerAccountId}
        hint={labels.partnerAccountIdHint}
        maxLength={80}
        defaultValue={account.partner_account_id ?? ''}
      />
    </FormDialog>
  );
}
