/** The few calls to Cognito that signing in takes, by plain fetch. */
import { config } from '../app/config';
import { text } from '../text/en';

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  /** When the access token ends, in milliseconds of this machine's clock. */
  expiresAt: number;
}

export interface NewPasswordNeeded {
  challenge: 'NEW_PASSWORD_REQUIRED';
  session: string;
  username: string;
}

export class SignInError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(text.signIn.errors[code as keyof typeof text.signIn.errors] ?? text.signIn.errors.other);
    this.code = code;
  }
}

interface AuthenticationResult {
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

function tokensOf(result: AuthenticationResult, refreshToken = ''): Tokens {
  return {
    accessToken: result.AccessToken,
    refreshToken: result.RefreshToken ?? refreshToken,
    expiresAt: Date.now() + result.ExpiresIn * 1000,
  };
}

function outcome(answer: AuthAnswer, username: string): Tokens | NewPasswordNeeded {
  if (answer.AuthenticationResult) return tokensOf(answer.AuthenticationResult);
  if (answer.ChallengeName !== 'NEW_PASSWORD_REQUIRED' || !answer.Session) throw new SignInError('challenge');
  return {
    challenge: 'NEW_PASSWORD_REQUIRED',
    session: answer.Session,
    username: answer.ChallengeParameters?.USER_ID_FOR_SRP ?? username,
  };
}

export async function signInWith(username: string, password: string): Promise<Tokens | NewPasswordNeeded> {
  if (config().auth_flow === 'srp') {
    const { signInBySrp } = await import('./srp');
    return outcome(await signInBySrp(username, password), username);
  }
  const answer = await call('InitiateAuth', {
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: config().client_id,
    AuthParameters: { USERNAME: username, PASSWORD: password },
  });
  return outcome(answer, username);
}

export async function chooseNewPassword(needed: NewPasswordNeeded, password: string): Promise<Tokens> {
  const answer = await call('RespondToAuthChallenge', {
    ChallengeName: needed.challenge,
    ClientId: config().client_id,
    Session: needed.session,
    ChallengeResponses: { USERNAME: needed.username, NEW_PASSWORD: password },
  });
  const tokens = outcome(answer, needed.username);
  if ('challenge' in tokens) throw new SignInError('challenge');
  return tokens;
}

export async function renew(refreshToken: string): Promise<Tokens> {
  const answer = await call('InitiateAuth', {
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    ClientId: config().client_id,
    AuthParameters: { REFRESH_TOKEN: refreshToken },
  });
  if (!answer.AuthenticationResult) throw new SignInError('NotAuthorizedException');
  return tokensOf(answer.AuthenticationResult, refreshToken);
}

export async function revoke(refreshToken: string): Promise<void> {
  await call('RevokeToken', { ClientId: config().client_id, Token: refreshToken });
}
