/** An operator's decision on an SMS registration. */
import { useState } from 'react';
import type { RegistrationStatus } from '../api/types';
import { text } from '../text/en';
import { notify } from '../ui/announce';
import { Button } from '../ui/button';
import { TextField } from '../ui/fields';
import styles from '../ui/form.module.css';
import { FormDialog } from '../ui/form-dialog';
import { Section } from '../ui/page';
import { Failure } from '../ui/states';
import { useReviewRegistration } from './sms-queries';

const labels = text.sms;

export function SmsReview({ accountId, state }: { accountId: string; state: RegistrationStatus }) {
  const [isRejecting, setRejecting] = useState(false);
  const review = useReviewRegistration(accountId, () => {
    notify(labels.reviewed);
    setRejecting(false);
  });
  if (state !== 'submitted' && state !== 'in_review') return null;
  return (
    <Section title={labels.review} lead={labels.reviewLead}>
      <div className={styles.operator}>
        {state === 'submitted' && (
          <Button isPending={review.isPending} onPress={() => review.mutate({ status: 'in_review' })}>
            {labels.take}
          </Button>
        )}
        <Button look="primary" isPending={review.isPending} onPress={() => review.mutate({ status: 'approved' })}>
          {labels.approve}
        </Button>
        <Button look="danger" onPress={() => setRejecting(true)}>
          {labels.reject}
        </Button>
      </div>
      {Boolean(review.error) && !isRejecting && <Failure error={review.error} />}
      {isRejecting && (
        <FormDialog
          title={labels.reject}
          submit={labels.reject}
          danger
          error={review.error}
          isPending={review.isPending}
          onSubmit={(values) => review.mutate({ status: 'rejected', reason: values.reason ?? '' })}
          onClose={() => setRejecting(false)}
        >
          <TextField name="reason" label={labels.rejectReason} lines={3} isRequired />
        </FormDialog>
      )}
    </Section>
  );
}
