/** Boxes to tick and radio buttons, alone or in groups with a label. */
import type { ReactNode } from 'react';
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
import { FieldError } from './field-error';
import styles from './fields.module.css';

export function Checkbox({
  children,
  onChange,
  ...rest
}: Omit<CheckboxProps, 'className' | 'style' | 'children'> & { children?: ReactNode }) {
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

interface CheckGroupProps {
  label: string;
  name?: string;
  choices: Choice[];
  value: string[];
  onChange: (value: string[]) => void;
  hint?: string;
  isReadOnly?: boolean;
}

export function CheckGroup({ label, choices, hint, ...rest }: CheckGroupProps) {
  return (
    <AriaCheckboxGroup {...rest} className={styles.group}>
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

export function RadioGroup({ label, choices, stacked, onChange, ...rest }: RadioGroupProps) {
  const changed = useMarkDirty(onChange);
  return (
    <AriaRadioGroup {...rest} onChange={changed} className={styles.group}>
      <Label className={styles.label}>{label}</Label>
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
      <FieldError />
    </AriaRadioGroup>
  );
}
