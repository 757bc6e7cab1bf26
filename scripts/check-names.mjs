// An exported name means one thing in the whole repository (docs/glossary.md): no two modules export the same name.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';

const root = path.dirname(import.meta.dirname);
const ROOMS =
  /^(lib|plan|episode|district|documents|workflows|activities|worker|api|ledger|platform|app|web|test|bench)\//;
/** Every migration exports its steps under the names that the migrator expects. */
const MIGRATION = /^ledger\/migrations\//;

const isExported = ({ modifiers = [] }) => modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

/** The names that a module declares and exports. Names that it re-exports from another module do not count. */
function exportedNames(file, text) {
  const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022);
  return statements.filter(isExported).flatMap((statement) => {
    const declared = statement.declarationList?.declarations ?? [statement];
    return declared.flatMap(({ name }) => name?.text ?? []);
  });
}

const files = (await readdir(root, { recursive: true }))
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => ROOMS.test(file) && /\.tsx?$/.test(file) && !file.endsWith('.d.ts') && !MIGRATION.test(file));
const homes = new Map();
for (const file of files.sort()) {
  for (const name of exportedNames(file, await readFile(path.join(root, file), 'utf8')))
    homes.set(name, [...(homes.get(name) ?? []), file]);
}
for (const [name, where] of homes) {
  if (where.length === 1) continue;
  console.error(`exported more than once: ${name} (${where.join(', ')})`);
  process.exitCode = 1;
}
