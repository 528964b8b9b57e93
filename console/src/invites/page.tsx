/** The invite link: sharing it, its figures, and what clients see. */

import { useRights } from '../auth/me';
import { text } from '../text/en';
import { formatNumber, formatShare } from '../text/format';
import { notify } from '../ui/announce';
import { Button, TextLink } from '../ui/button';
import { CopyField } from '../ui/copy';
import { TextField } from '../ui/fields';
import { Form } from '../ui/form';
import { Columns, Facts, Note, Page, Section } from '../ui/page';
import { Loaded } from '../ui/states';
import { tidySlug } from '../ui/tidy';
import styles from './page.module.css';
import { QrCode, qrFile } from './qr';
import { type Invite, isSetUp, useInvite, useSaveInvite } from './queries';

const labels = text.invite;

export function InvitePage() {
  const invite = useInvite();
  return (
    <Page title={labels.title} lead={labels.lead}>
      <Loaded query={invite}>
        {(data) => (
          <>
            {isSetUp(data) ? <Sharing invite={data} /> : <Note>{labels.none}</Note>}
            <EditInvite invite={data} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Sharing({ invite }: { invite: Invite }) {
  const address = invite.url;
  const mail = `mailto:?subject=${encodeURIComponent(labels.shareSubject)}&body=${encodeURIComponent(`${invite.greeting}\n\n${address}`)}`;
  return (
    <Columns>
      <Section title={labels.link}>
        <div className={styles.stack}>
          <CopyField label={labels.link} value={address} />
          <p>
            <TextLink href={mail}>{labels.share}</TextLink>
          </p>
          <Facts
            facts={[
              { label: labels.visits, value: <strong className={styles.figure}>{formatNumber(invite.visits)}</strong> },
              {
                label: labels.signUps,
                value: <strong className={styles.figure}>{formatNumber(invite.sign_ups)}</strong>,
              },
              {
                label: labels.conversion,
                value: <strong className={styles.figure}>{formatShare(invite.sign_ups, invite.visits)}</strong>,
              },
            ]}
          />
        </div>
      </Section>
      <Section
        title={labels.qr}
        lead={labels.qrLead}
        actions={<Button onPress={() => saveQr(address, invite.slug)}>{labels.downloadQr}</Button>}
      >
        <QrCode value={address} size={196} />
      </Section>
    </Columns>
  );
}

function saveQr(address: string, slug: string): void {
  const url = URL.createObjectURL(qrFile(address));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${slug}.svg`;
  link.click();
  URL.revokeObjectURL(url);
}

function EditInvite({ invite }: { invite: Omit<Invite, 'slug' | 'url'> & { slug: string | null } }) {
  const { can } = useRights();
  const save = useSaveInvite(invite.version, () => notify(labels.saved));
  const submit = (values: Record<string, string>) =>
    save.mutate({ slug: values.slug ?? '', greeting: values.greeting ?? '', logo_url: values.logo_url || null });
  return (
    <Section title={labels.edit}>
      <Form guarded className={styles.form ?? ''} label={labels.edit} error={save.error} onSubmit={submit}>
        <TextField
          name="slug"
          label={labels.slug}
          hint={labels.slugHint}
          minLength={3}
          maxLength={40}
          pattern="[a-z0-9\-]+"
          format={labels.slugFormat}
          tidy={tidySlug}
          defaultValue={invite.slug ?? ''}
          isReadOnly={!can('set_up_invite')}
          isRequired
        />
        <TextField
          name="greeting"
          label={labels.greeting}
          hint={labels.greetingHint}
          maxLength={500}
          lines={4}
          defaultValue={invite.greeting}
          isReadOnly={!can('set_up_invite')}
        />
        <TextField
          name="logo_url"
          type="url"
          label={labels.logo}
          hint={labels.logoHint}
          maxLength={300}
          defaultValue={invite.logo_url ?? ''}
          isReadOnly={!can('set_up_invite')}
        />
        {can('set_up_invite') && (
          <div className={styles.actions}>
            <Button type="submit" look="primary" isPending={save.isPending}>
              {text.actions.save}
            </Button>
          </div>
        )}
      </Form>
    </Section>
  );
}
