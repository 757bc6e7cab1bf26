import type { RequestHandler } from 'express';

const HEADER = 'x-forwarded-proto';

/** `HTTPS` is `https` (RFC 9110 §4.2.3), and proxies send both. Express believes the header of trusted proxies alone. */
export const readForwardedScheme: RequestHandler = ({ headers }, _response, next) => {
  const scheme = headers[HEADER];
  if (typeof scheme === 'string') headers[HEADER] = scheme.toLowerCase();
  next();
};
