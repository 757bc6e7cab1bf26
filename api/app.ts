import compression from 'compression';
import express, { type Express } from 'express';
import swaggerUi from 'swagger-ui-express';
import { findAccountByUsername } from '../ledger/people/accounts.js';
import { createLinks } from '../ledger/people/links.js';
import { createSignInHistory } from '../ledger/people/sign-ins.js';
import { createSealing } from '../lib/sealing.js';
import { createSecondStep } from './auth/second-step.js';
import { createSessions } from './auth/sessions.js';
import { createSignIn } from './auth/sign-in.js';
import { serveConsole } from './console/console.js';
import { openApiDocument } from './document.js';
import type { Context, Dependencies } from './engine/context.js';
import { createEventStreams } from './engine/event-streams.js';
import { createGate } from './engine/gate.js';
import { createAskRecord } from './engine/recorded-outcome.js';
import { createReads } from './engine/shared-reads.js';
import { byAddress } from './http/addresses.js';
import { answerProblem } from './http/answer-problem.js';
import { readForwardedScheme } from './http/forwarded-scheme.js';
import { secureHeaders } from './http/headers.js';
import { healthRoutes } from './http/health.js';
import { createMetrics } from './http/metrics.js';
import { observe } from './http/observe.js';
import { addressNotFound, Problem } from './http/problems.js';
import { readRestOfBody } from './http/rest-of-body.js';
import { serve } from './http/serve.js';
import { tellTime } from './http/time-headers.js';
import { linkRoutes } from './links/links.js';
import { oidcRoutes } from './oidc/routes.js';
import { publicRoutes } from './public/routes.js';
import { receiptRoutes } from './receipts/receipts.js';
import { routes } from './routes.js';

/** The parts of the HTTP process. Its only state is the commands in the gate and the counts of failed sign-ins. */
export function createContext(dependencies: Dependencies): Context {
  const { database, engine, log, publicUrl, clock, streamLimits, oneTimeCodes, engineFigures } = dependencies;
  const metrics = createMetrics({ database, clock, engineFigures });
  const events = createEventStreams({ database, clock, log, limits: streamLimits });
  metrics.countStreams(events.count);
  const signIns = createSignInHistory(database);
  const sealing = oneTimeCodes?.key && createSealing(oneTimeCodes.key);
  return {
    ...dependencies,
    metrics,
    events,
    reads: createReads(database),
    gate: createGate(engine, createAskRecord(database), log, (commands) => metrics.batches.observe(commands)),
    links: createLinks(database),
    sessions: createSessions(database, publicUrl, clock),
    signIns,
    signIn: createSignIn({ find: (username) => findAccountByUsername(database, username), history: signIns, clock }),
    secondStep: createSecondStep({ database, history: signIns, clock, sealing }),
    codes: { areRequired: oneTimeCodes?.areRequired ?? false, sealing },
  };
}

export function createApp(context: Context): Express {
  const { log, publicUrl, clock, trustedProxies = ['loopback'] } = context;
  const app = express();
  app.set('trust proxy', trustedProxies);
  app.use(readRestOfBody);
  app.use(readForwardedScheme);
  app.use(secureHeaders(publicUrl));
  app.use(tellTime(clock));
  // A small answer is with the caller as soon without. What says `no-transform` is left alone: streams, evidence, secrets.
  app.use(compression({ threshold: 4_096 }));
  app.use(healthRoutes(context));
  app.use('/docs', swaggerUi.serve, swaggerUi.setup(undefined, { swaggerOptions: { url: '/openapi.json' } }));
  app.get('/openapi.json', (_request, response) => {
    response.json(openApiDocument);
  });

  app.use(observe(context));
  app.use(linkRoutes(context));
  app.use(publicRoutes(context));
  app.use(oidcRoutes(context));
  app.use(receiptRoutes(context));
  app.use('/api', (request, response, next) => {
    // Personal data and tokens: no browser or proxy keeps them.
    response.set('Cache-Control', 'no-store');
    // `fetch` asks for `no-cache` wherever a page gives its own If-None-Match. No answer is from a cache, so 304 may be one.
    delete request.headers['cache-control'];
    next();
  });
  app.use('/api', context.sessions.load);
  for (const address of byAddress(routes)) {
    const path = expressPath(address.path);
    for (const route of address.routes) app[route.method](path, serve(route, context));
    const methods = address.routes.map(({ method }) => method.toUpperCase());
    app.all(path, ({ method }) => {
      throw new Problem(
        'method-not-allowed',
        `此地址不支持 ${method}，只支持 ${methods.join('、')}，请改用其中之一。`,
        { headers: { Allow: methods.join(', ') } },
      );
    });
  }
  app.use(serveConsole(context));
  app.use(({ path }) => {
    throw addressNotFound(path);
  });
  app.use(answerProblem(log));
  return app;
}

const expressPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');
