/** In a dialog: how far a bulk operation is, until it has ended and after. */
import { text } from '../text/en';
import { Button } from '../ui/button';
import { DialogActions, DialogBody } from '../ui/dialog';
import { Failure, Skeleton } from '../ui/states';
import { OperationProgress } from './progress';
import { type BulkOperation, useBulkOperation } from './queries';

interface FollowedProps {
  id: string;
  onEnd?: (operation: BulkOperation) => void;
  onClose: () => void;
}

export function FollowedOperation({ id, onEnd, onClose }: FollowedProps) {
  const { data, error } = useBulkOperation(id, onEnd);
  return (
    <>
      <DialogBody>
        {data ? <OperationProgress of={data} /> : error ? <Failure error={error} /> : <Skeleton lines={4} />}
      </DialogBody>
      <DialogActions>
        <Button onPress={onClose}>{text.actions.close}</Button>
      </DialogActions>
    </>
  );
}
