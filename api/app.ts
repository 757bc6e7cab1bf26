import express, { type Express } from 'express';
import swaggerUi from 'swagger-ui-express';
import { findAccountByUsername } from '../ledger/people/accounts.js';
import { createLinks } from '../ledger/people/links.js';
import { createSessions } from './auth/sessions.js';
import { createSignIn } from './auth/sign-in.js';
import type { Context, Dependencies } from './engine/context.js';
import { createGate } from './engine/gate.js';
import { createAskRecord } from './engine/recorded-outcome.js';
import { createReads } from './engine/shared-reads.js';
import { answerProblem } from './http/answer-problem.js';
import { readForwardedScheme } from './http/forwarded-scheme.js';
import { secureHeaders } from './http/headers.js';
import { healthRoutes } from './http/health.js';
import { createMetrics } from './http/metrics.js';
import { observe } from './http/observe.js';
import { openApiOf } from './http/openapi.js';
import { notFound, Problem } from './http/problems.js';
import { readRestOfBody } from './http/rest-of-body.js';
import { serve } from './http/serve.js';
import { linkRoutes } from './links/links.js';
import { receiptPaths } from './receipts/openapi.js';
import { receiptRoutes } from './receipts/receipts.js';
import { routes } from './routes.js';

/** The parts of the HTTP process. Its only state is the commands in the gate and the counts of failed sign-ins. */
export function createContext(dependencies: Dependencies): Context {
  const { database, engine, log, publicUrl, clock } = dependencies;
  const metrics = createMetrics();
  return {
    ...dependencies,
    metrics,
    reads: createReads(database),
    gate: createGate(engine, createAskRecord(database), log, (commands) => metrics.batches.observe(commands)),
    links: createLinks(database),
    sessions: createSessions(database, publicUrl, clock),
    signIn: createSignIn((username) => findAccountByUsername(database, username)),
  };
}

export function createApp(context: Context): Express {
  const { log, publicUrl, trustedProxies = ['loopback'] } = context;
  const app = express();
  app.set('trust proxy', trustedProxies);
  app.use(readRestOfBody);
  app.use(readForwardedScheme);
  app.use(secureHeaders(publicUrl));
  app.use(healthRoutes(context));
  app.use('/docs', swaggerUi.serve, swaggerUi.setup(undefined, { swaggerOptions: { url: '/openapi.json' } }));
  const document = openApiOf(routes);
  app.get('/openapi.json', (_request, response) => {
    response.json({ ...document, paths: { ...document.paths, ...receiptPaths } });
  });

  app.use(observe(context));
  app.use(linkRoutes(context));
  app.use(receiptRoutes(context));
  app.use('/api', (_request, response, next) => {
    // Personal data and tokens: no browser or proxy keeps them.
    response.set('Cache-Control', 'no-store');
    next();
  });
  app.use('/api', context.sessions.load);
  for (const route of routes) app[route.method](expressPath(route.path), serve(route, context));
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path).map((route) => route.method.toUpperCase());
    app.all(expressPath(path), () => {
      throw new Problem('method-not-allowed', `此地址只支持 ${methods.join('、')}，请改用其中之一。`, {
        headers: { Allow: methods.join(', ') },
      });
    });
  }
  app.use(() => {
    throw notFound('这个地址');
  });
  app.use(answerProblem(log));
  return app;
}

const expressPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');
