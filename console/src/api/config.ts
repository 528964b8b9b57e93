/** What the deployment tells the console: read once, before the first page. */
export interface Config {
  /** Where the API answers, without a slash at the end. */
  api_url: string;
  /** Where Cognito answers. */
  cognito_endpoint: string;
  client_id: string;
  user_pool_id: string;
  /** `srp` wherever passwords must not travel; `password` on the embedded stack. */
  auth_flow: 'srp' | 'password';
}

let current: Config | null = null;

export async function loadConfig(): Promise<void> {
  const answer = await fetch(`${import.meta.env.BASE_URL}assets/config.json`, { cache: 'no-store' });
  if (!answer.ok) throw new Error('assets/config.json is missing');
  current = (await answer.json()) as Config;
}

export function config(): Config {
  if (!current) throw new Error('The configuration has not been loaded.');
  return current;
}
