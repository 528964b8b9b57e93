/** Mounts a piece of the console as the console does, before an API that answers what a test hands it. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, vi } from 'vitest';
import { setCredentials } from '../../src/api/client';
import { loadConfig } from '../../src/api/config';
import { explain, isGone, isOutdated, sortFieldErrors } from '../../src/api/problem';
import type { Me } from '../../src/api/types';
import { MeContext, type Operation } from '../../src/auth/me';
import { Announcer, forgetNotices } from '../../src/ui/announce';
import { ErrorPresenterContext } from '../../src/ui/error-presenter';

const CONFIG = {
  api_url: 'http://api.test',
  cognito_endpoint: 'http://cognito.test/',
  client_id: 'client',
  user_pool_id: 'us_pool',
  auth_flow: 'password',
};

export interface Sent {
  request: string;
  body: unknown;
  headers: Headers;
}

/** An API that answers each `METHOD /path` as told, and keeps what it was sent. */
export class FakeApi {
  readonly sent: Sent[] = [];
  constructor(private readonly answers: Record<string, () => Response>) {}

  fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    if (String(input).endsWith('config.json')) return Response.json(CONFIG);
    const request = new Request(input, init);
    const name = `${request.method} ${new URL(request.url).pathname}`;
    const body = request.method === 'GET' ? null : JSON.parse((await request.text()) || 'null');
    this.sent.push({ request: name, body, headers: request.headers });
    const answer = this.answers[name];
    if (!answer) throw new Error(`Nothing answers ${name}.`);
    return answer();
  };
}

export const problem = (status: number, body: object) => () =>
  Response.json(body, { status, headers: { 'Content-Type': 'application/problem+json' } });

export function person(...operations: Operation[]): Me {
  return { subject: 'ada', role: 'partner_admin', operations, partner: null } as unknown as Me;
}

afterEach(() => {
  cleanup();
  forgetNotices();
  vi.unstubAllGlobals();
});

interface Mounting {
  me?: Me;
  api?: FakeApi;
}

/** Mounts it at `/`; `/elsewhere` is another page. */
export async function mount(node: ReactNode, { me = person(), api = new FakeApi({}) }: Mounting = {}) {
  vi.stubGlobal('fetch', api.fetch);
  await loadConfig();
  setCredentials({ accessToken: async () => 'token', renewToken: async () => null, end: () => undefined });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false }, mutations: { retry: false } } });
  const router = createMemoryRouter([
    { path: '/', element: node },
    { path: '*', element: <h1>Elsewhere</h1> },
  ]);
  render(
    <ErrorPresenterContext value={{ explain, isGone, isOutdated, sortFieldErrors }}>
      <QueryClientProvider client={client}>
        <MeContext value={me}>
          <RouterProvider router={router} />
          <Announcer />
        </MeContext>
      </QueryClientProvider>
    </ErrorPresenterContext>,
  );
  return { user: userEvent.setup(), router, api };
}
