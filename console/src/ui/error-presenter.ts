/** How the shared components put an error into words: whoever mounts them hands it over, as they know no API. */
import { createContext, useContext } from 'react';

export interface FormErrors {
  /** By field name, what is shown at the field. */
  fields: Record<string, string>;
  /** What belongs to no field of the form. */
  rest: string[];
}

export interface ErrorPresenter {
  explain: (error: unknown) => { title: string; detail: string };
  /** Whether what was asked for is no longer there: what is shown of it has to go. */
  isGone: (error: unknown) => boolean;
  /** Whether somebody else saved meanwhile what was to be changed. */
  isOutdated: (error: unknown) => boolean;
  sortFieldErrors: (error: unknown, fieldNames: ReadonlySet<string>) => FormErrors;
}

const message = (error: unknown) => (error instanceof Error ? error.message : String(error));

export const ErrorPresenterContext = createContext<ErrorPresenter>({
  explain: (error) => ({ title: message(error), detail: '' }),
  isGone: () => false,
  isOutdated: () => false,
  sortFieldErrors: (error) => ({ fields: {}, rest: [message(error)] }),
});

export const useErrorPresenter = (): ErrorPresenter => useContext(ErrorPresenterContext);
