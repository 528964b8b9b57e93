/** For operators: one SMS registration of the queue, with its decision and the next one. */
import { useNavigate, useParams } from 'react-router';
import { SmsFields } from '../accounts/sms-fields';
import { SmsReview } from '../accounts/sms-review';
import { SmsSteps } from '../accounts/sms-steps';
import { usePartnerName } from '../partners/queries';
import { text } from '../text/en';
import styles from '../ui/form.module.css';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/states';
import { OpenAccount, OtherPartnerNote } from './other-partner';
import { following, placeIn } from './place';
import { PlaceLinks } from './place-links';
import { useRegistrationToReview, useWaitingRegistrations, type WaitingRegistration } from './queries';

const labels = text.queues;
export const reviewHref = (row: WaitingRegistration) => `/sms-reviews/${row.partner_id}/${row.account_id}`;

export function SmsReviewPage() {
  const { partnerId = '', accountId = '' } = useParams();
  const partner = usePartnerName(partnerId);
  const registration = useRegistrationToReview(partnerId, accountId);
  return (
    <Page
      title={text.sms.title}
      lead={labels.registrationOf(registration.data?.form.legal_business_name ?? '', partner)}
      back={{ href: '/sms-reviews', label: labels.reviews }}
      actions={<OpenAccount partnerId={partnerId} accountId={accountId} />}
    >
      <OtherPartnerNote partnerId={partnerId} />
      <Loaded query={registration} lines={12}>
        {(data) => <Registration key={data.account_id} registration={data} />}
      </Loaded>
    </Page>
  );
}

function Registration({ registration }: { registration: WaitingRegistration }) {
  const navigate = useNavigate();
  const queue = useWaitingRegistrations();
  const place = placeIn(queue.data ?? [], (row) => row.account_id === registration.account_id);
  const goOn = () => {
    const next = following(place);
    void navigate(next ? reviewHref(next) : '/sms-reviews');
  };
  return (
    <>
      <SmsSteps state={registration.status} />
      <Section title={labels.form}>
        <div className={styles.form}>
          <SmsFields form={registration.form} isLocked isApprovedBefore={false} />
        </div>
      </Section>
      <SmsReview
        accountId={registration.account_id}
        partnerId={registration.partner_id}
        state={registration.status}
        beside={<PlaceLinks place={place} hrefOf={reviewHref} />}
        onDecided={goOn}
      />
    </>
  );
}
