/** Asks before what was entered is thrown away. */
import { text } from '../text/en';
import { Confirm } from './dialog';

interface UnsavedGuardProps {
  isOpen: boolean;
  onLeave: () => void;
  onStay: () => void;
}

export function UnsavedGuard({ isOpen, onLeave, onStay }: UnsavedGuardProps) {
  return (
    <Confirm
      title={text.unsaved.title}
      question={text.unsaved.question}
      action={text.unsaved.action}
      cancel={text.unsaved.stay}
      danger
      isOpen={isOpen}
      onConfirm={onLeave}
      onClose={onStay}
    />
  );
}
