/** Another password: whoever knows the former one, or has a session by it, is out. */
import { text } from '../text/en';
import { changePassword, signInWith } from './cognito';
import { SignInError } from './cognito-call';
import { endEverySession } from './kept-session';
import { fieldError } from './new-password';
import { accessToken, begin, current, end } from './session';

/** Ends every session of the person, this one's included: they sign in again with the new password. */
export async function endOtherSessions(token: string): Promise<void> {
  await endEverySession(token).catch(() => {
    throw new SignInError('othersGoOn');
  });
}

/** Changes the password of whoever is signed in, and goes on in a session of its own. */
export async function replacePassword(former: string, next: string): Promise<void> {
  const { subject, username } = current();
  const token = await accessToken();
  if (token === null || subject === null) return;
  await changePassword(token, former, next).catch((error: unknown) => {
    const isWrong = (error as SignInError).code === 'NotAuthorizedException';
    throw isWrong ? fieldError('/former', text.profile.wrongPassword) : error;
  });
  await endOtherSessions(token);
  const result = await signInWith(subject, next).catch(() => null);
  if (result === null || 'challenge' in result) end();
  else begin(result, username ?? '');
}
