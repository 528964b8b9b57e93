/** A form whose refusals land at their fields, and whose input is not lost by a wrong click. */
import {
  type FormEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Form as AriaForm } from 'react-aria-components';
import { flushSync } from 'react-dom';
import { type BlockerFunction, useBlocker } from 'react-router';
import { DirtyContext } from './dirty-context';
import { FormStateContext } from './draft';
import { type FormErrors, useErrorPresenter } from './error-presenter';
import { Note } from './page';
import { UnsavedGuard } from './unsaved-guard';

export type Values = Record<string, string>;

interface FormProps {
  onSubmit: (values: Values, data: FormData) => void;
  /** What the last attempt was refused with. */
  error?: unknown;
  /** Names whose errors a field of the form shows, beside those of its inputs. */
  names?: string[];
  /** Ask before leaving with changes that were not sent. */
  guarded?: boolean;
  /** Is told whether there are changes that were not sent. */
  changed?: RefObject<boolean>;
  label?: string;
  className?: string;
  children: ReactNode;
}

const NOTHING: FormErrors = { fields: {}, rest: [] };

export function Form({ onSubmit, error, names, guarded, changed, label, className, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const ownDirty = useRef(false);
  const dirty = changed ?? ownDirty;
  const { sortFieldErrors, isOutdated } = useErrorPresenter();
  const [shown, setShown] = useState(NOTHING);
  const [attempt, setAttempt] = useState(0);
  const state = useMemo(
    () => ({ attempt, isRefused: Boolean(error), isOutdated: isOutdated(error) }),
    [attempt, error, isOutdated],
  );

  const markDirty = useCallback(() => {
    dirty.current = true;
  }, [dirty]);

  useEffect(() => {
    const element = form.current;
    const clearErrors = (event: Event) => {
      if (isSubmit(event.target)) flushSync(() => setShown(NOTHING));
    };
    element?.addEventListener('input', markDirty);
    element?.addEventListener('click', clearErrors, true);
    return () => {
      element?.removeEventListener('input', markDirty);
      element?.removeEventListener('click', clearErrors, true);
    };
  }, [markDirty]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: shown once for each attempt, not again when the form draws itself
  useEffect(() => {
    setShown(error ? sortFieldErrors(error, namesIn(form.current, names)) : NOTHING);
    if (error) dirty.current = true;
  }, [error]);

  useEffect(() => {
    if (shown !== NOTHING) firstProblem(form.current)?.focus();
  }, [shown]);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    dirty.current = false;
    setAttempt((count) => count + 1);
    const data = new FormData(event.currentTarget);
    onSubmit(valuesOf(data), data);
  };

  return (
    <AriaForm
      ref={form}
      className={className ?? ''}
      validationErrors={shown.fields}
      onSubmit={submit}
      {...(label ? { 'aria-label': label } : {})}
    >
      {guarded && <NavigationGuard dirty={dirty} />}
      {shown.rest.length > 0 && (
        <div role="alert" tabIndex={-1} data-form-problem="">
          <Note tone="bad">
            {shown.rest.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </Note>
        </div>
      )}
      <DirtyContext value={markDirty}>
        <FormStateContext value={state}>{children}</FormStateContext>
      </DirtyContext>
    </AriaForm>
  );
}

/** What the server said before must not hold up the next attempt: it judges the whole form anew. */
function isSubmit(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button')?.type === 'submit';
}

function namesIn(form: HTMLFormElement | null, more: string[] = []): Set<string> {
  const inputs = Array.from(form?.elements ?? []) as HTMLInputElement[];
  return new Set([...inputs.map((input) => input.name).filter(Boolean), ...more]);
}

function firstProblem(form: HTMLFormElement | null): HTMLElement | null {
  return form?.querySelector<HTMLElement>('[data-form-problem], [aria-invalid="true"], [data-invalid] button') ?? null;
}

function valuesOf(data: FormData): Values {
  const values: Values = {};
  for (const [name, value] of data) if (typeof value === 'string') values[name] = value.trim();
  return values;
}

function NavigationGuard({ dirty }: { dirty: RefObject<boolean> }) {
  const blocker = useBlocker(
    useCallback(
      ({ currentLocation, nextLocation }: Parameters<BlockerFunction>[0]) =>
        dirty.current && currentLocation.pathname !== nextLocation.pathname,
      [dirty],
    ),
  );
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => dirty.current && event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);
  return (
    <UnsavedGuard
      isOpen={blocker.state === 'blocked'}
      onLeave={() => blocker.proceed?.()}
      onStay={() => blocker.reset?.()}
    />
  );
}
