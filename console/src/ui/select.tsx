/** A drop-down list of one choice, as a field of a form or a filter. */
import { useId } from 'react';
import {
  Select as AriaSelect,
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
} from 'react-aria-components';
import { type Choice, wordOf } from './choices';
import { useMarkDirty } from './dirty-context';
import { useDraft } from './draft';
import { DraftNote, describedBy } from './draft-note';
import { FieldError } from './field-error';
import { Icon } from './icon';
import { RequiredMark } from './required-mark';
import styles from './select.module.css';

interface SelectProps {
  label: string;
  choices: Choice[];
  value?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
  name?: string;
  hint?: string;
  placeholder?: string;
  isRequired?: boolean;
  isDisabled?: boolean;
  /** `aria` marks it as required without holding up the form. */
  validationBehavior?: 'aria' | 'native';
  compact?: boolean;
}

export function Select({ label, choices, value, defaultValue, onChange, hint, compact, ...rest }: SelectProps) {
  const noteId = useId();
  const draft = useDraft(defaultValue ?? null);
  const changed = useMarkDirty((next: string) => {
    if (value === undefined) draft.change(next);
    onChange?.(next);
  });
  return (
    <AriaSelect
      {...rest}
      {...describedBy(draft, noteId)}
      className={compact ? styles.compact : styles.field}
      value={value ?? draft.value}
      onChange={(key) => changed(String(key))}
    >
      <Label className={styles.label}>
        {label}
        {rest.isRequired && <RequiredMark />}
      </Label>
      <Button className={styles.button}>
        <SelectValue className={styles.value} />
        <Icon name="chevron-down" size={14} />
      </Button>
      {hint && (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      )}
      <DraftNote id={noteId} draft={draft} show={(code) => wordOf(choices, code)} />
      <FieldError expected={{ type: 'choice' }} />
      <Popover className={styles.popover}>
        <ListBox className={styles.list}>
          {choices.map((choice) => (
            <ListBoxItem key={choice.value} id={choice.value} textValue={choice.label} className={styles.item}>
              <Icon name="check" size={14} />
              {/* All that can be seen is the option's name: without slots it is made of its content. */}
              <span>
                <span>{choice.label}</span>
                {choice.hint && <span className={styles.itemHint}>{choice.hint}</span>}
              </span>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
