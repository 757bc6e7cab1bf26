import express, { type Express } from 'express';
import swaggerUi from 'swagger-ui-express';
import { findAccountByUsername } from '../ledger/accounts.js';
import { createLinks } from '../ledger/links.js';
import { answerProblem } from './answer-problem.js';
import { createAskRecord } from './ask-record.js';
import type { Context, Dependencies } from './context.js';
import { createGate } from './gate.js';
import { secureHeaders } from './headers.js';
import { healthRoutes } from './health.js';
import { linkRoutes } from './links.js';
import { createMetrics } from './metrics.js';
import { observe } from './observe.js';
import { openApiOf } from './openapi.js';
import { notFound, Problem } from './problems.js';
import { createReads } from './reads.js';
import { routes } from './routes/index.js';
import { serve } from './serve.js';
import { createSessions } from './sessions.js';
import { createSignIn } from './sign-in.js';

/** The HTTP process; it keeps nothing but what the gate has in flight and the counts of failed sign-ins. */
export function createApp(dependencies: Dependencies): Express {
  const { database, engine, log, publicUrl, clock } = dependencies;
  const metrics = createMetrics();
  const context: Context = {
    ...dependencies,
    metrics,
    reads: createReads(database),
    gate: createGate(engine, createAskRecord(database), log, (commands) => metrics.batches.observe(commands)),
    links: createLinks(database),
    sessions: createSessions(database, publicUrl, clock),
    signIn: createSignIn((username) => findAccountByUsername(database, username)),
  };

  const app = express();
  app.set('trust proxy', 'loopback');
  app.use(secureHeaders(publicUrl));
  app.use(healthRoutes(context));
  app.use('/docs', swaggerUi.serve, swaggerUi.setup(undefined, { swaggerOptions: { url: '/openapi.json' } }));
  const document = openApiOf(routes);
  app.get('/openapi.json', (_request, response) => {
    response.json(document);
  });

  app.use(observe(context));
  app.use(linkRoutes(context));
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
