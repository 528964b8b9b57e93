/** A dialog that is one form; what was entered is not lost by a click beside it. */
import { type ReactNode, useRef, useState } from 'react';
import { Button } from './button';
import { Dialog, DialogActions, DialogBody } from './dialog';
import { Form, type Values } from './form';
import { labels } from './labels';
import { UnsavedGuard } from './unsaved-guard';

interface FormDialogProps {
  title: string;
  submit: string;
  /** What the button says that closes it, where “Cancel” would be misread. */
  cancel?: string;
  error?: unknown;
  /** Names whose errors a field of the form shows, beside those of its inputs. */
  names?: string[];
  isPending?: boolean;
  danger?: boolean;
  isBlocked?: boolean;
  onSubmit: (values: Values, data: FormData) => void;
  onClose: () => void;
  children: ReactNode;
}

export function FormDialog({
  title,
  submit,
  cancel,
  error,
  names,
  isPending,
  danger,
  isBlocked,
  onSubmit,
  onClose,
  children,
}: FormDialogProps) {
  const changed = useRef(false);
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Dialog title={title} isOpen onClose={() => (changed.current ? setAsking(true) : onClose())}>
        <Form changed={changed} onSubmit={onSubmit} error={error} label={title} {...(names ? { names } : {})}>
          <DialogBody>{children}</DialogBody>
          <DialogActions>
            <Button onPress={onClose}>{cancel ?? labels.actions.cancel}</Button>
            <Button
              type="submit"
              look={danger ? 'danger' : 'primary'}
              isPending={isPending ?? false}
              isDisabled={isBlocked ?? false}
            >
              {submit}
            </Button>
          </DialogActions>
        </Form>
      </Dialog>
      <UnsavedGuard isOpen={isAsking} onLeave={onClose} onStay={() => setAsking(false)} />
    </>
  );
}
