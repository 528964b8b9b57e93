/** One call to Cognito, by plain fetch; what it refuses is a SignInError. */
import { config } from '../api/config';
import { text } from '../text/en';

export class SignInError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(text.signIn.errors[code as keyof typeof text.signIn.errors] ?? text.signIn.errors.other);
    this.code = code;
  }
}

export interface AuthenticationResult {
  AccessToken: string;
  RefreshToken?: string;
  ExpiresIn: number;
}

export interface AuthAnswer {
  AuthenticationResult?: AuthenticationResult;
  ChallengeName?: string;
  ChallengeParameters?: Record<string, string>;
  Session?: string;
}

export async function call(operation: string, body: unknown): Promise<AuthAnswer> {
  const answer = await fetch(config().cognito_endpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new SignInError('unreachable');
  });
  const json: unknown = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new SignInError(errorCode(json));
  return json as AuthAnswer;
}

function errorCode(json: unknown): string {
  const type = (json as { __type?: string }).__type ?? 'other';
  return type.split('#').pop() ?? 'other';
}
