/** The typed client of the API: adds the token and the partner, renews once on 401, turns every refusal into a problem. */
import createClient from 'openapi-fetch';
import { actingPartner } from './acting-partner';
import { config } from './config';
import { ProblemError, problemOf, unreachable } from './problem';
import type { paths } from './schema';

/** Where the access token of whoever is signed in comes from. */
export interface Credentials {
  /** A token that is good for the next request; null where nobody is signed in. */
  accessToken: () => Promise<string | null>;
  renewToken: () => Promise<string | null>;
  /** Called when the API takes no token of this session any more. */
  end: () => void;
}

let credentials: Credentials = { accessToken: async () => null, renewToken: async () => null, end: () => undefined };

export function setCredentials(source: Credentials): void {
  credentials = source;
}

type Client = ReturnType<typeof createClient<paths>>;

async function send(request: Request, token: string | null): Promise<Response> {
  const headers = new Headers(request.headers);
  if (token) headers.set('Authorization', `Bearer ${token}`);
  const partner = actingPartner();
  if (partner && !headers.has('Partner-Id')) headers.set('Partner-Id', partner);
  return fetch(new Request(request, { headers })).catch((error: unknown) => {
    throw error instanceof DOMException && error.name === 'AbortError' ? error : unreachable();
  });
}

async function fetchAuthorized(request: Request): Promise<Response> {
  const retry = request.clone();
  const answer = await send(request, await credentials.accessToken());
  if (answer.status !== 401) return answer;
  const renewed = await credentials.renewToken();
  const second = renewed ? await send(retry, renewed) : answer;
  if (second.status === 401) credentials.end();
  return second;
}

let client: Client | null = null;

/** The client, made when the configuration is there. */
export function api(): Client {
  client ??= createClient<paths>({ baseUrl: config().api_url, fetch: fetchAuthorized });
  return client;
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a success; a refusal is thrown as a ProblemError. */
export async function unwrap<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer;
  if (!response.ok) throw error instanceof ProblemError ? error : problemOf(error, response);
  return data as T;
}
