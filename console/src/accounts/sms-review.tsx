/** An operator's decision on an SMS registration; it stays in sight below the long form. */
import { type ReactNode, useState } from 'react';
import type { RegistrationStatus } from '../api/types';
import { text } from '../text/en';
import { notify } from '../ui/announce';
import { Button } from '../ui/button';
import { DecisionBar } from '../ui/decision-bar';
import { TextField } from '../ui/fields';
import { FormDialog } from '../ui/form-dialog';
import { Failure } from '../ui/states';
import { useReviewRegistration } from './sms-queries';

const labels = text.sms;

interface SmsReviewProps {
  accountId: string;
  /** Whose registration it is, where that is not the partner one acts for. */
  partnerId?: string;
  state: RegistrationStatus;
  beside?: ReactNode;
  /** Called when the registration waits no longer. */
  onDecided?: () => void;
}

export function SmsReview({ accountId, partnerId, state, beside, onDecided }: SmsReviewProps) {
  const [isRejecting, setRejecting] = useState(false);
  const review = useReviewRegistration(accountId, partnerId, ({ status }) => {
    notify(labels.reviewed[status]);
    setRejecting(false);
    if (status !== 'in_review') onDecided?.();
  });
  const waits = state === 'submitted' || state === 'in_review';
  if (!waits && !beside) return null;
  return (
    <>
      {Boolean(review.error) && !isRejecting && <Failure error={review.error} />}
      <DecisionBar label={labels.review} beside={beside ?? labels.reviewLead}>
        {state === 'submitted' && (
          <Button isPending={review.isPending} onPress={() => review.mutate({ status: 'in_review' })}>
            {labels.take}
          </Button>
        )}
        {waits && (
          <>
            <Button look="danger" onPress={() => setRejecting(true)}>
              {labels.reject}
            </Button>
            <Button look="primary" isPending={review.isPending} onPress={() => review.mutate({ status: 'approved' })}>
              {labels.approve}
            </Button>
          </>
        )}
      </DecisionBar>
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
    </>
  );
}
