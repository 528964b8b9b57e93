/** The typed client of the API: adds the token and the partner, renews once on 401, turns every refusal into a problem. */
import createClient from 'openapi-fetch';
import { config } from './config';
import { accessToken, end, renewToken } from '../auth/session';
import { actingPartner } from './acting-partner';
import { problemOf, ProblemError, unreachable } from './problem';
import type { paths } from './schema';

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
  const answer = await send(request, await accessToken());
  if (answer.status !== 401) return answer;
  const renewed = await renewToken();
  const second = renewed ? await send(retry, renewed) : answer;
  if (second.status === 401) end();
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
