/** Lets `npm run dev` work on the embedded stack that `make run` starts: the same origin for the console, the API and Cognito. */
import type { Plugin } from 'vite';

const STACK_URL = process.env.STACK_URL ?? 'http://127.0.0.1:4566';
const CONFIG = '/console/assets/config.json';

/** The stack's configuration, with addresses of this server, which passes them on. */
async function stackConfig(): Promise<string> {
  const answer = await fetch(STACK_URL + CONFIG);
  if (!answer.ok) throw new Error(`${STACK_URL}${CONFIG} answers ${answer.status}`);
  const config = (await answer.json()) as Record<string, string>;
  const onThisServer = ([name, value]: [string, string]) => [
    name,
    value.startsWith(STACK_URL) ? value.slice(STACK_URL.length) || '/' : value,
  ];
  return JSON.stringify(Object.fromEntries(Object.entries(config).map(onThisServer)));
}

export function embeddedStack(): Plugin {
  return {
    name: 'embedded-stack',
    apply: 'serve',
    config: () => ({ server: { proxy: { '^/v1/': STACK_URL, '^/$': STACK_URL } } }),
    configureServer: ({ middlewares }) => {
      middlewares.use(CONFIG, (_, response) => {
        stackConfig().then(
          (config) => response.setHeader('Content-Type', 'application/json').end(config),
          (error: Error) => {
            response.statusCode = 502;
            response.end(
              `The embedded stack does not answer: start it with make run, or set STACK_URL. ${error.message}`,
            );
          },
        );
      });
    },
  };
}
