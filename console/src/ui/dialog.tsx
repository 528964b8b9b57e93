/** The one frame every dialog stands in; at the side for forms, in the middle for questions. */
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { text } from '../text/en';
import { Button } from './button';
import styles from './dialog.module.css';

interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  wide?: boolean;
  isAlert?: boolean;
  /** A dialog that may not be waved away, such as the one of an ended session. */
  mustAnswer?: boolean;
  children: ReactNode;
}

export function Dialog({ title, isOpen, onClose, wide, isAlert, mustAnswer, children }: DialogProps) {
  return (
    <ModalOverlay
      className={styles.scrim}
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={!isAlert && !mustAnswer}
      isKeyboardDismissDisabled={mustAnswer ?? false}
    >
      <Modal className={`${styles.modal} ${wide ? styles.wide : ''}`}>
        <AriaDialog className={styles.dialog} role={isAlert ? 'alertdialog' : 'dialog'}>
          <div className={styles.header}>
            <Heading slot="title" className={styles.title} level={2}>
              {title}
            </Heading>
            {!mustAnswer && <Button look="quiet" small icon="close" aria-label={text.actions.close} onPress={onClose} />}
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export function DialogBody({ children }: { children: ReactNode }) {
  return <div className={styles.body}>{children}</div>;
}

export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}

interface ConfirmProps {
  title: string;
  question: ReactNode;
  action: string;
  isOpen: boolean;
  isPending?: boolean;
  danger?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children?: ReactNode;
}

export function Confirm({ title, question, action, isOpen, isPending, danger, onConfirm, onClose, children }: ConfirmProps) {
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} isAlert>
      <DialogBody>
        <p>{question}</p>
        {children}
      </DialogBody>
      <DialogActions>
        <Button onPress={onClose}>{text.actions.cancel}</Button>
        <Button look={danger ? 'danger' : 'primary'} isPending={isPending ?? false} onPress={onConfirm}>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
