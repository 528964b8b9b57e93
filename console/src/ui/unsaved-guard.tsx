/** Asks before what was entered is thrown away. */
import { labels } from './labels';
import { Confirm } from './dialog';

interface UnsavedGuardProps {
  isOpen: boolean;
  onLeave: () => void;
  onStay: () => void;
}

export function UnsavedGuard({ isOpen, onLeave, onStay }: UnsavedGuardProps) {
  return (
    <Confirm
      title={labels.unsaved.title}
      question={labels.unsaved.question}
      action={labels.unsaved.action}
      cancel={labels.unsaved.stay}
      danger
      isOpen={isOpen}
      onConfirm={onLeave}
      onClose={onStay}
    />
  );
}
