/** The console's Content-Security-Policy, written into the built page (the dev server needs inline scripts of its own). */
import type { Plugin } from 'vite';

/** `connect-src` names Cognito and the bucket, which have regional hosts; the distribution's header narrows it further. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self' https://*.amazonaws.com",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

export function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}
