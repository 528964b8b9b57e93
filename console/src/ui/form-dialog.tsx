/** A dialog that is one form. */
import type { ReactNode } from 'react';
import { text } from '../text/en';
import { Button } from './button';
import { Dialog, DialogActions, DialogBody } from './dialog';
import { Form } from './form';

interface FormDialogProps {
  title: string;
  submit: string;
  error: unknown;
  isPending: boolean;
  danger?: boolean;
  isBlocked?: boolean;
  onSubmit: (values: Record<string, string>) => void;
  onClose: () => void;
  children: ReactNode;
}

export function FormDialog({ title, submit, error, isPending, danger, isBlocked, onSubmit, onClose, children }: FormDialogProps) {
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <Form onSubmit={onSubmit} error={error} label={title}>
        <DialogBody>{children}</DialogBody>
        <DialogActions>
          <Button onPress={onClose}>{text.actions.cancel}</Button>
          <Button type="submit" look={danger ? 'danger' : 'primary'} isPending={isPending} isDisabled={isBlocked ?? false}>
            {submit}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
