/** The fields of an account's profile, for a new one and for changing one. */
import type { Account } from '../api/types';
import { text } from '../text/en';
import { FieldGroup, FieldRow, TextField } from '../ui/fields';

const labels = text.account;

export function ProfileFields({ account }: { account?: Account }) {
  const owner = account?.owner;
  return (
    <>
      <FieldRow>
        <TextField
          name="organization"
          label={labels.organization}
          maxLength={120}
          defaultValue={account?.organization ?? ''}
          isRequired
        />
        <TextField
          name="website"
          type="url"
          label={labels.website}
          hint={labels.websiteHint}
          maxLength={300}
          defaultValue={account?.website ?? ''}
        />
      </FieldRow>
      <FieldGroup title={labels.owner}>
        <FieldRow>
          <TextField
            name="owner.first_name"
            label={labels.firstName}
            maxLength={60}
            defaultValue={owner?.first_name ?? ''}
          />
          <TextField
            name="owner.last_name"
            label={labels.lastName}
            maxLength={60}
            defaultValue={owner?.last_name ?? ''}
          />
        </FieldRow>
        <FieldRow>
          <TextField
            name="owner.email"
            type="email"
            label={labels.email}
            maxLength={254}
            defaultValue={owner?.email ?? ''}
            isRequired
          />
          <TextField
            name="owner.phone"
            type="tel"
            label={labels.phone}
            maxLength={30}
            defaultValue={owner?.phone ?? ''}
          />
        </FieldRow>
      </FieldGroup>
    </>
  );
}
