/** Serves a made-up API beside the console: for working on it, and for tests without a stack. Never part of the build. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connect, Plugin } from 'vite';
import { makeMock } from './mock/mock';

export function mockApi(): Plugin {
  const use = (middlewares: Connect.Server) => {
    if (process.env.NO_MOCK) return;
    const mock = makeMock();
    middlewares.use((request: IncomingMessage, response: ServerResponse, next) => {
      mock(request, response).then((done) => done || next(), next);
    });
  };
  return {
    name: 'mock-api',
    apply: (_, env) => env.command === 'serve',
    configureServer: (server) => use(server.middlewares),
    configurePreviewServer: (server) => use(server.middlewares),
  };
}
