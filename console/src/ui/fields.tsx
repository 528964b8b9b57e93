/** Form fields: a label, a control, a hint and the reason it was refused, tied together. */
import type { ReactNode } from 'react';
import {
  Checkbox as AriaCheckbox,
  CheckboxGroup as AriaCheckboxGroup,
  Input,
  Label,
  Radio as AriaRadio,
  RadioGroup as AriaRadioGroup,
  SearchField as AriaSearchField,
  Text,
  TextArea,
  TextField as AriaTextField,
  type CheckboxProps,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components';
import { FieldError } from './field-error';
import { Icon } from './icon';
import { useTouching } from './touched';
import styles from './fields.module.css';

interface FieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children' | 'type'> {
  label: string;
  hint?: ReactNode;
  type?: AriaTextFieldProps['type'] | 'date' | 'number';
  lines?: number;
  list?: string;
  min?: string | number;
  max?: string | number;
  width?: 'short' | 'full';
}

export function TextField({ label, hint, type = 'text', lines, list, min, max, width = 'full', ...rest }: FieldProps) {
  return (
    <AriaTextField {...rest} className={`${styles.field} ${styles[width]}`}>
      <Label className={styles.label}>
        {label}
        {rest.isRequired && <RequiredMark />}
      </Label>
      {lines ? (
        <TextArea className={styles.input} rows={lines} />
      ) : (
        <Input className={styles.input} type={type} list={list} min={min} max={max} />
      )}
      {hint && (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      )}
      <FieldError />
    </AriaTextField>
  );
}

/** Beside the label of a field that must be filled in; those who listen hear it from the field itself. */
export function RequiredMark() {
  return <span className={styles.required} aria-hidden="true" />;
}

interface SearchProps {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
}

export function SearchField({ label, placeholder, value, onChange }: SearchProps) {
  return (
    <AriaSearchField className={styles.search} aria-label={label} value={value} onChange={onChange}>
      <Icon name="search" />
      <Input placeholder={placeholder} className={styles.searchInput} />
    </AriaSearchField>
  );
}

export function Checkbox({ children, onChange, ...rest }: Omit<CheckboxProps, 'className' | 'style' | 'children'> & { children?: ReactNode }) {
  const changed = useTouching(onChange);
  return (
    <AriaCheckbox {...rest} onChange={changed} className={styles.check}>
      <span className={styles.box} aria-hidden="true">
        <svg viewBox="0 0 16 16" width="12" height="12" fill="none" stroke="currentColor" strokeWidth="2.4">
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
  const changed = useTouching(onChange);
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

/** Fields side by side where there is room. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}

export function FieldGroup({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <fieldset className={styles.fieldset}>
      <legend className={styles.legend}>{title}</legend>
      {lead && <p className={styles.hint}>{lead}</p>}
      {children}
    </fieldset>
  );
}
