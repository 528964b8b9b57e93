/** The made-up API as one function of a request: configuration, sign-in, files and routes. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ACCOUNT_ROUTES } from './accounts';
import { DESK_ROUTES } from './desk';
import { type Actor, type Answer, type Ask, forbidden, notFound, ok, problem, readBody, Refusal, send } from './http';
import { NIGHT_ROUTES } from './nights';
import { file, REPORT_ROUTES } from './reports';
import { cognito, PEOPLE } from './sign-in';
import { State } from './state';

type Mock = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

const ROUTES = [...ACCOUNT_ROUTES, ...REPORT_ROUTES, ...DESK_ROUTES, ...NIGHT_ROUTES].map(([method, path, serve]) => ({
  method,
  pattern: new RegExp(`^${path.replaceAll(':', '([^/]+)')}$`),
  serve,
}));
const DELAY_MS = Number(process.env.MOCK_DELAY_MS ?? 120);
const READ_ONLY_EXCEPTIONS = ['/reports'];

export function makeMock(): Mock {
  const state = new State();
  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://mock');
    const answer = await answerTo(state, request, url);
    if (!answer) return false;
    send(response, answer);
    return true;
  };
}

async function answerTo(state: State, request: IncomingMessage, url: URL): Promise<Answer | null> {
  if (url.pathname.endsWith('/assets/config.json'))
    return ok({ api_url: '/v1', cognito_endpoint: '/cognito', client_id: 'mock', user_pool_id: 'mock_mock', auth_flow: 'password' });
  if (url.pathname === '/cognito') {
    const operation = String(request.headers['x-amz-target']).split('.').pop() ?? '';
    return cognito(operation, JSON.parse(await readBody(request)));
  }
  if (url.pathname === '/mock-files/upload') return readBody(request).then(() => ({ status: 204 }));
  if (url.pathname === '/mock-files/result.csv') return { status: 200, body: 'line,column,reason\r\n4,owner_email,"An e-mail address is needed, such as ada@example.com."\r\n' };
  if (url.pathname.startsWith('/mock-files/')) return file(url.pathname);
  if (!url.pathname.startsWith('/v1/')) return null;
  await new Promise((resolve) => setTimeout(resolve, DELAY_MS));
  return route(state, request, url).catch((error: unknown) => {
    if (error instanceof Refusal) return problem(error);
    throw error;
  });
}

async function route(state: State, request: IncomingMessage, url: URL): Promise<Answer> {
  const path = url.pathname.slice('/v1'.length);
  const method = request.method ?? 'GET';
  const actor = actorOf(request);
  const key = request.headers['idempotency-key'];
  const remembered = key ? state.answers.get(`${actor.subject} ${path} ${String(key)}`) : undefined;
  if (remembered) return remembered;
  const found = ROUTES.find((each) => each.method === method && each.pattern.test(path));
  if (!found) throw notFound();
  const raw = method === 'GET' ? '' : await readBody(request);
  if (actor.role === 'partner_viewer' && method !== 'GET' && !READ_ONLY_EXCEPTIONS.includes(path)) throw forbidden('The role partner_viewer may not do this.');
  const ask: Ask = {
    method, path, query: url.searchParams, headers: request.headers, body: raw ? JSON.parse(raw) : {},
    params: (found.pattern.exec(path) ?? []).slice(1).map(decodeURIComponent), actor,
  };
  const answer = found.serve(state, ask);
  if (key) state.answers.set(`${actor.subject} ${path} ${String(key)}`, answer);
  return answer;
}

function actorOf(request: IncomingMessage): Actor {
  const subject = String(request.headers.authorization ?? '').split('.')[1] ?? '';
  const person = PEOPLE[subject];
  if (!person) throw new Refusal(401, 'unauthenticated', 'Not signed in', 'Sign in first.');
  return { subject, role: person.role, partnerId: person.partnerId ?? String(request.headers['partner-id'] ?? '') };
}
