import type { RequestHandler } from 'express';

/**
 * Reads what is left of a body that nobody wanted once the answer is out. Otherwise it would stand before the next
 * request on the connection, or a reset would overtake the refusal. The server's request timeout ends an endless one.
 */
export const readRestOfBody: RequestHandler = (request, response, next) => {
  response.once('finish', () => {
    if (request.complete) return;
    request.unpipe();
    request.resume();
  });
  next();
};
