/** The console's build (docs/decisions/0030-console.md) and, for `npm run dev:web`, a server that passes the API on. */
import path from 'node:path';
import { defineConfig } from 'vite';

const server = process.env.QINGKONG_URL ?? 'http://localhost:3000';
const PASSED_ON = ['/api', '/a', '/docs', '/public', '/openapi.json', '/sign-in/oidc'];

/** Which entry has a path: as the program itself tells them apart (api/console/console.ts). */
const entryOf = (url) => (/^\/($|\?|u(\/|\?|$)|sign-in|password)/.test(url) ? '/phone.html' : '/desk.html');

const entries = {
  name: 'entries',
  configureServer: ({ middlewares }) => {
    middlewares.use((request, _response, next) => {
      const page =
        request.headers.accept?.includes('text/html') &&
        !PASSED_ON.some((start) => request.url === start || request.url.startsWith(`${start}/`));
      if (page) request.url = entryOf(request.url);
      next();
    });
  },
};

/** On a telephone every kilobyte counts, and nothing there needs more of React than Preact has: 40 kB in place of 90. */
const PREACT = {
  'react-dom/client': 'preact/compat/client',
  'react-dom': 'preact/compat',
  'react/jsx-runtime': 'preact/jsx-runtime',
  react: 'preact/compat',
};

/** Each entry is a build (`--mode desk`, `--mode phone`). The server for development has both, with React. */
export default defineConfig(({ command, mode }) => ({
  root: import.meta.dirname,
  appType: 'mpa',
  plugins: [entries],
  html: { cspNonce: 'NONCE' },
  ...(command === 'build' && mode === 'phone' ? { resolve: { alias: PREACT } } : {}),
  build: {
    target: ['chrome90', 'safari14'],
    manifest: `manifest-${mode}.json`,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
    emptyOutDir: false,
    rolldownOptions: {
      input: path.join(import.meta.dirname, `${mode}.html`),
      // Libraries mark modules for servers that render; here there is none.
      onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning),
    },
  },
  server: { proxy: Object.fromEntries(PASSED_ON.map((start) => [`^${start}(/|$)`, { target: server }])) },
}));
