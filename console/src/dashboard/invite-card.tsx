/** The invite link on the dashboard: copying it, its QR code, how often it was used. */
import { Link } from 'react-router';
import { QrCode } from '../invites/qr';
import { type Invite, isSetUp, useInvite } from '../invites/queries';
import { text } from '../text/en';
import { formatNumber } from '../text/format';
import { TextLink } from '../ui/button';
import { CopyField } from '../ui/copy';
import { Section } from '../ui/page';
import { Loaded } from '../ui/states';
import styles from './cards.module.css';

export function InviteCard() {
  const invite = useInvite();
  return (
    <Section
      title={text.dashboard.invite}
      actions={
        <TextLink href="/invite">
          {invite.data && !isSetUp(invite.data) ? text.dashboard.inviteSetUp : text.dashboard.inviteSettings}
        </TextLink>
      }
    >
      <Loaded query={invite} lines={4}>
        {(data) => (isSetUp(data) ? <Card invite={data} /> : <p>{text.dashboard.inviteNone}</p>)}
      </Loaded>
    </Section>
  );
}

function Card({ invite }: { invite: Invite }) {
  return (
    <div className={styles.invite}>
      <div className={styles.inviteText}>
        <CopyField label={text.invite.link} value={invite.url} />
        <dl className={styles.figures}>
          <div>
            <dd>
              <Link to="/invite">{formatNumber(invite.visits)}</Link>
            </dd>
            <dt>{text.invite.visits}</dt>
          </div>
          <div>
            <dd>
              <Link to="/invite">{formatNumber(invite.sign_ups)}</Link>
            </dd>
            <dt>{text.invite.signUps}</dt>
          </div>
        </dl>
      </div>
      <QrCode value={invite.url} size={132} />
    </div>
  );
}
