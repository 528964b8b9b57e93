/** `npm run dev` beside a running stack: its configuration with addresses of the server that passes requests on. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { embeddedStack } from '../dev-stack';

type Handler = (request: unknown, response: object) => void;

/** What the server answers where the console looks for its configuration. */
async function configAnswer(): Promise<{ status: number; body: string }> {
  const handlers = new Map<string, Handler>();
  const server = { middlewares: { use: (path: string, handler: Handler) => handlers.set(path, handler) } };
  (embeddedStack().configureServer as (server: object) => void)(server);
  return new Promise((resolve) => {
    const response = {
      statusCode: 200,
      setHeader: () => response,
      end: (body: string) => resolve({ status: response.statusCode, body }),
    };
    handlers.get('/console/assets/config.json')?.({}, response);
  });
}

afterEach(() => vi.unstubAllGlobals());

describe('the development server', () => {
  it('tells the console its own addresses for those of the stack, and leaves the others', async () => {
    const config = {
      api_url: 'http://127.0.0.1:4566/v1',
      cognito_endpoint: 'http://127.0.0.1:4566/',
      client_id: 'client',
    };
    vi.stubGlobal('fetch', async () => Response.json(config));
    const { body } = await configAnswer();
    expect(JSON.parse(body)).toEqual({ api_url: '/v1', cognito_endpoint: '/', client_id: 'client' });
  });

  it('says what to start where no stack answers', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('fetch failed')));
    const { status, body } = await configAnswer();
    expect([status, body]).toEqual([502, expect.stringContaining('make run')]);
  });
});
