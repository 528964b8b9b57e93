/** The few calls to Cognito that signing in takes, by plain fetch. */
import { config } from '../api/config';
import { type AuthAnswer, type AuthenticationResult, call, SignInError } from './cognito-call';

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  /** Whose they are. */
  subject: string;
  /** When the access token ends, in milliseconds of this machine's clock. */
  expiresAt: number;
}

/** One more step before there are tokens: an own password the first time, or a code of an authenticator. */
export interface StepNeeded {
  challenge: 'NEW_PASSWORD_REQUIRED' | 'SOFTWARE_TOKEN_MFA';
  session: string;
  username: string;
}

const ANSWER_NAMES = { NEW_PASSWORD_REQUIRED: 'NEW_PASSWORD', SOFTWARE_TOKEN_MFA: 'SOFTWARE_TOKEN_MFA_CODE' } as const;

/** Whose access token it is. Only the API judges whether it is good. */
export function subjectOf(accessToken: string): string {
  const claims = accessToken.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? '';
  return String((JSON.parse(atob(claims)) as { sub: unknown }).sub);
}

function tokensOf(result: AuthenticationResult, refreshToken = ''): Tokens {
  return {
    accessToken: result.AccessToken,
    refreshToken: result.RefreshToken ?? refreshToken,
    subject: subjectOf(result.AccessToken),
    expiresAt: Date.now() + result.ExpiresIn * 1000,
  };
}

function outcome(answer: AuthAnswer, username: string): Tokens | StepNeeded {
  if (answer.AuthenticationResult) return tokensOf(answer.AuthenticationResult);
  const challenge = answer.ChallengeName as StepNeeded['challenge'];
  if (!(challenge in ANSWER_NAMES) || !answer.Session) throw new SignInError('challenge');
  return {
    challenge,
    session: answer.Session,
    username: answer.ChallengeParameters?.USER_ID_FOR_SRP ?? username,
  };
}

export async function signInWith(username: string, password: string): Promise<Tokens | StepNeeded> {
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

/** The answer to a step; another step may follow it. */
export async function takeStep(needed: StepNeeded, value: string): Promise<Tokens | StepNeeded> {
  const answer = await call('RespondToAuthChallenge', {
    ChallengeName: needed.challenge,
    ClientId: config().client_id,
    Session: needed.session,
    ChallengeResponses: { USERNAME: needed.username, [ANSWER_NAMES[needed.challenge]]: value },
  });
  return outcome(answer, needed.username);
}

export async function renew(refreshToken: string): Promise<Tokens> {
  // Where refresh tokens rotate, this is the only way to renew: InitiateAuth refuses them.
  const answer = await call('GetTokensFromRefreshToken', { ClientId: config().client_id, RefreshToken: refreshToken });
  if (!answer.AuthenticationResult) throw new SignInError('NotAuthorizedException');
  return tokensOf(answer.AuthenticationResult, refreshToken);
}

/** Sets another password, by the one there is. Other sessions go on: who calls ends them. */
export async function changePassword(accessToken: string, current: string, next: string): Promise<void> {
  await call('ChangePassword', { AccessToken: accessToken, PreviousPassword: current, ProposedPassword: next });
}

const TELLS_WHO_EXISTS = ['UserNotFoundException', 'NotAuthorizedException', 'InvalidParameterException'];

/** Has a code mailed to whoever signs in by that name; whether there is anybody is not said. */
export async function requestPasswordReset(username: string): Promise<void> {
  await call('ForgotPassword', { ClientId: config().client_id, Username: username }).catch((error: unknown) => {
    if (!TELLS_WHO_EXISTS.includes((error as SignInError).code)) throw error;
  });
}

export async function resetPassword(username: string, code: string, password: string): Promise<void> {
  await call('ConfirmForgotPassword', {
    ClientId: config().client_id,
    Username: username,
    ConfirmationCode: code,
    Password: password,
  }).catch((error: unknown) => {
    const { code: reason } = error as SignInError;
    const isOfCode = [...TELLS_WHO_EXISTS, 'CodeMismatchException', 'ExpiredCodeException'].includes(reason);
    throw isOfCode ? new SignInError('resetCode') : error;
  });
}

export async function revoke(refreshToken: string): Promise<void> {
  await call('RevokeToken', { ClientId: config().client_id, Token: refreshToken });
}
