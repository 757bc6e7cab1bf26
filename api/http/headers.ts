import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Over plain HTTP, as in an office network, browsers are not told to ask for HTTPS. */
export const secureHeaders = (publicUrl: string): RequestHandler => {
  const secure = new URL(publicUrl).protocol === 'https:';
  return helmet({
    strictTransportSecurity: secure,
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: secure ? [] : null } },
  });
};
