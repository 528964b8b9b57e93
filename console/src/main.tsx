/** Starts the console: configuration first, then the providers and the routes. */
import '@fontsource-variable/source-sans-3';
import '@fontsource-variable/source-serif-4';
import './styles/tokens.css';
import './styles/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { setCredentials } from './api/client';
import { loadConfig } from './api/config';
import { explain, isGone, isOutdated, sortFieldErrors } from './api/problem';
import { queryClient } from './api/query';
import { StartFailed } from './app/errors';
import { restorePreferences } from './app/preferences';
import { makeRouter } from './app/router';
import { accessToken, end, renewToken, restore } from './auth/session';
import { ErrorPresenterContext } from './ui/error-presenter';

setCredentials({ accessToken, renewToken, end });
restorePreferences();

const root = createRoot(document.getElementById('root') as HTMLElement);

try {
  await loadConfig();
  void restore();
  root.render(
    <ErrorPresenterContext value={{ explain, isGone, isOutdated, sortFieldErrors }}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={makeRouter()} />
      </QueryClientProvider>
    </ErrorPresenterContext>,
  );
} catch {
  root.render(<StartFailed />);
}
