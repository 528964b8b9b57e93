/** What a client sees who follows a partner's invite link; it needs no sign-in. */
import { useEffect } from 'react';
import { useParams } from 'react-router';
import { text } from '../text/en';
import { Loaded } from '../ui/states';
import styles from './page.module.css';
import { tellVisit, usePublicInvite, type PublicInvite } from './queries';

const labels = text.invite.landing;

export function InviteLandingPage() {
  const { slug = '' } = useParams();
  const invite = usePublicInvite(slug);
  return (
    <main className={styles.landing}>
      <div className={styles.card}>
        <Loaded query={invite}>{(data) => <Welcome invite={data} />}</Loaded>
      </div>
    </main>
  );
}

function Welcome({ invite }: { invite: PublicInvite }) {
  const title = labels.from(invite.partner_name);
  useEffect(() => {
    document.title = title;
    void tellVisit(invite.slug);
  }, [title, invite.slug]);
  return (
    <>
      <h1>{title}</h1>
      <p>{invite.greeting}</p>
      <p>{labels.next(invite.trial_days)}</p>
    </>
  );
}
