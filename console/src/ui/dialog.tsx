/** The one frame every dialog stands in; at the side for forms, in the middle for questions. */
import { type ReactNode, useEffect } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './button';
import styles from './dialog.module.css';
import { labels } from './labels';
import { Failure } from './states';

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
  useFocusBeneath(isOpen);
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
            {!mustAnswer && (
              <Button look="quiet" small icon="close" aria-label={labels.actions.close} onPress={onClose} />
            )}
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

const FOCUS_DELAY_MS = 100;

/** What opened the dialog may be gone when it closes, a deleted row say: then what is beneath it gets the focus. */
function useFocusBeneath(isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return;
    return () => {
      setTimeout(focusBeneath, FOCUS_DELAY_MS);
    };
  }, [isOpen]);
}

function focusBeneath(): void {
  if (document.activeElement !== document.body) return;
  const dialogs = document.querySelectorAll<HTMLElement>('[role=dialog], [role=alertdialog]');
  const beneath = dialogs[dialogs.length - 1] ?? document.getElementById('content');
  beneath?.focus({ preventScroll: true });
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
  cancel?: string;
  isOpen: boolean;
  isPending?: boolean;
  /** Why what was confirmed has not been done. */
  error?: unknown;
  danger?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children?: ReactNode;
}

export function Confirm({
  title,
  question,
  action,
  cancel,
  isOpen,
  isPending,
  error,
  danger,
  onConfirm,
  onClose,
  children,
}: ConfirmProps) {
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} isAlert>
      <DialogBody>
        <p>{question}</p>
        {children}
        {Boolean(error) && <Failure error={error} />}
      </DialogBody>
      <DialogActions>
        <Button onPress={onClose}>{cancel ?? labels.actions.cancel}</Button>
        <Button look={danger ? 'danger' : 'primary'} isPending={isPending ?? false} onPress={onConfirm}>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
