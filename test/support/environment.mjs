/**
 * Node's environment of jest, in a process that holds PGlite's code compiled. V8 gives the same machine code to whoever
 * compiles the same bytes again while somebody holds it. Else each test file would spend a second of a core on it anew.
 */
import { readFile } from 'node:fs/promises';

const compiled = ['pglite.wasm', 'initdb.wasm'].map(async (name) =>
  WebAssembly.compile(await readFile(new URL(name, import.meta.resolve('@electric-sql/pglite')))),
);
globalThis.heldByTests = await Promise.all(compiled);

export { TestEnvironment as default } from 'jest-environment-node';
