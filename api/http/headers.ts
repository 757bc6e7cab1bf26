import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Over plain HTTP, as in an office network, browsers are not told to ask for HTTPS. */
export const secureHeaders = (publicUrl: string): RequestHandler => {
  const secure = new URL(publicUrl).protocol === 'https:';
  return helmet({
    strictTransportSecurity: secure,
    // Browsers heed these over HTTPS alone, and complain about them in their console over HTTP.
    crossOriginOpenerPolicy: secure,
    originAgentCluster: secure,
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: secure ? [] : null } },
  });
};
