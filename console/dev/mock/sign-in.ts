/** Signing in to the made-up API: any password but `wrong` signs in whoever is named here. */
import { type Answer, ok } from './http';

export const PEOPLE: Record<string, { name: string; role: string; partnerId: string | null }> = {
  admin: { name: 'Ada Admin', role: 'partner_admin', partnerId: 'ptnr_sample' },
  manager: { name: 'Max Manager', role: 'partner_manager', partnerId: 'ptnr_sample' },
  viewer: { name: 'Vera Viewer', role: 'partner_viewer', partnerId: 'ptnr_sample' },
  operator: { name: 'Olga Operator', role: 'operator', partnerId: null },
  empty: { name: 'Emil Empty', role: 'partner_admin', partnerId: 'ptnr_empty' },
  first: { name: 'Fay First', role: 'partner_manager', partnerId: 'ptnr_sample' },
};

const LIFE_SECONDS = Number(process.env.MOCK_TOKEN_SECONDS ?? 900);
const refused = (code: string): Answer => ({ status: 400, body: { __type: code, message: 'refused' } });

function tokens(username: string): Answer {
  return ok({
    AuthenticationResult: {
      AccessToken: `mock.${username}.${Date.now()}`,
      RefreshToken: `refresh.${username}`,
      ExpiresIn: LIFE_SECONDS,
    },
  });
}

export function cognito(operation: string, body: any): Answer {
  if (operation === 'RevokeToken') return ok({});
  if (operation === 'RespondToAuthChallenge') return tokens(body.ChallengeResponses.USERNAME);
  if (operation === 'GetTokensFromRefreshToken') {
    const username = String(body.RefreshToken).split('.')[1] ?? '';
    return username in PEOPLE ? tokens(username) : refused('NotAuthorizedException');
  }
  const parameters = body.AuthParameters ?? {};
  const { USERNAME: username, PASSWORD: password } = parameters;
  if (!(username in PEOPLE) || password === 'wrong') return refused('NotAuthorizedException');
  if (username === 'first' && password !== 'chosen')
    return ok({ ChallengeName: 'NEW_PASSWORD_REQUIRED', Session: 'session', ChallengeParameters: { USER_ID_FOR_SRP: username } });
  return tokens(username);
}
