/** Boxes to tick and radio buttons, alone or in groups with a label. */
import { type ReactNode, useId } from 'react';
import {
  Checkbox as AriaCheckbox,
  CheckboxGroup as AriaCheckboxGroup,
  Radio as AriaRadio,
  RadioGroup as AriaRadioGroup,
  type CheckboxProps,
  Label,
  Text,
} from 'react-aria-components';
import { useMarkDirty } from './dirty-context';
import { useDraft } from './draft';
import { DraftNote, describedBy } from './draft-note';
import { FieldError } from './field-error';
import styles from './fields.module.css';
import { labels } from './labels';
import { RequiredMark } from './required-mark';

type BoxProps = Omit<CheckboxProps, 'className' | 'style' | 'children'> & { children?: ReactNode };

/** One box of a form of its own, with what was read last as its default. */
export function CheckField({ defaultSelected = false, ...rest }: BoxProps) {
  const noteId = useId();
  const draft = useDraft(defaultSelected);
  return (
    <div>
      <Checkbox {...rest} {...describedBy(draft, noteId)} isSelected={draft.value} onChange={draft.change} />
      <p>
        <DraftNote id={noteId} draft={draft} show={(isOn) => (isOn ? labels.conflict.on : labels.conflict.off)} />
      </p>
    </div>
  );
}

export function Checkbox({ children, onChange, ...rest }: BoxProps) {
  const changed = useMarkDirty(onChange);
  return (
    <AriaCheckbox {...rest} onChange={changed} className={styles.check}>
      <span className={styles.box} aria-hidden="true">
        <svg
          aria-hidden="true"
          viewBox="0 0 16 16"
          width="12"
          height="12"
          fill="none"
          stroke="currentColor"
          strokeWidth="2.4"
        >
          <path className={styles.tick} d="m3 8.5 3.5 3.5L13 4.5" />
          <path className={styles.dash} d="M3.5 8h9" />
        </svg>
      </span>
      {children && <span>{children}</span>}
    </AriaCheckbox>
  );
}

export interface Choice {
  value: string;
  label: string;
  hint?: string | undefined;
}

/** The word of a choice; the code itself where there is none. */
export function wordOf(choices: Choice[], code: string | null): string {
  return choices.find(({ value }) => value === code)?.label ?? code ?? '';
}

interface CheckGroupProps {
  label: string;
  name?: string;
  choices: Choice[];
  /** What is chosen, where the page keeps it; else the form does. */
  value?: string[];
  defaultValue?: string[];
  onChange?: (value: string[]) => void;
  hint?: string;
  isReadOnly?: boolean;
}

const NONE: string[] = [];

export function CheckGroup({ label, choices, hint, value, defaultValue = NONE, onChange, ...rest }: CheckGroupProps) {
  const noteId = useId();
  const draft = useDraft(defaultValue);
  const change = (next: string[]) => {
    if (value === undefined) draft.change(next);
    onChange?.(next);
  };
  return (
    <AriaCheckboxGroup
      {...rest}
      {...describedBy(draft, noteId)}
      value={value ?? draft.value}
      onChange={change}
      className={styles.group}
    >
      <Label className={styles.label}>{label}</Label>
      <div className={styles.inline}>
        {choices.map((choice) => (
          <Checkbox key={choice.value} value={choice.value}>
            {choice.label}
          </Checkbox>
        ))}
      </div>
      {hint && (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      )}
      <DraftNote id={noteId} draft={draft} show={(values) => values.map((code) => wordOf(choices, code)).join(', ')} />
      <FieldError />
    </AriaCheckboxGroup>
  );
}

interface RadioGroupProps {
  label: string;
  name?: string;
  choices: Choice[];
  value?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
  isRequired?: boolean;
  stacked?: boolean;
}

export function RadioGroup({ label, choices, stacked, value, defaultValue, onChange, ...rest }: RadioGroupProps) {
  const noteId = useId();
  const draft = useDraft(defaultValue ?? null);
  const changed = useMarkDirty((next: string) => {
    if (value === undefined) draft.change(next);
    onChange?.(next);
  });
  return (
    <AriaRadioGroup
      {...rest}
      {...describedBy(draft, noteId)}
      value={value ?? draft.value}
      onChange={changed}
      className={styles.group}
    >
      <Label className={styles.label}>
        {label}
        {rest.isRequired && <RequiredMark />}
      </Label>
      <div className={stacked ? styles.stacked : styles.inline}>
        {choices.map((choice) => (
          <AriaRadio key={choice.value} value={choice.value} className={styles.radio}>
            <span className={styles.dot} aria-hidden="true" />
            <span>
              {choice.label}
              {choice.hint && <span className={styles.choiceHint}>{choice.hint}</span>}
            </span>
          </AriaRadio>
        ))}
      </div>
      <DraftNote id={noteId} draft={draft} show={(code) => wordOf(choices, code)} />
      <FieldError expected={{ type: 'choice' }} />
    </AriaRadioGroup>
  );
}
