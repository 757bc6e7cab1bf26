// Documents: every relative link and every mentioned path leads somewhere, every reference from code to a document
// names a section of it, and the README stays short enough to be read.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const README_LINES = 150;
const ROOMS =
  'lib|plan|episode|district|documents|workflows|activities|worker|api|ledger|platform|app|web|test|bench|scripts|docs';

const LINK = /\]\((?!https?:|mailto:)([^)\s]+)\)/g;
/** A path from the root of the repository; `/api/v1/…` are routes. */
const MENTION = new RegExp(`(?<![\\w./@{$-])(?:${ROOMS})/(?!v1\\b)[\\w.-]+(?:/[\\w.-]+)*`, 'g');
const REFERENCE = /docs\/[\w/-]+\.md(?:, "([^"]+)")?/g;

/** The anchor that GitHub makes of a heading. */
const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

const headingsOf = (text) => [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading);

const hasAnchor = (file, anchor) => headingsOf(readFileSync(file, 'utf8')).map(anchorOf).includes(anchor);

/** Problems of one Markdown text, one line each; `file` is its path from `root`. */
export function problemsOfDocument(root, file, text) {
  const problems = [];
  for (const [, target] of text.matchAll(LINK)) {
    const [where, anchor] = decodeURI(target).split('#');
    const found = where === '' ? path.join(root, file) : path.resolve(root, path.dirname(file), where);
    if (!existsSync(found)) problems.push(`link to ${target}, which does not exist`);
    else if (anchor && !statSync(found).isDirectory() && !hasAnchor(found, anchor))
      problems.push(`link to ${target}, which has no such heading`);
  }
  // The words of a link may be short for its target, which is checked above.
  for (const [mention] of text.replace(LINK, ']').matchAll(MENTION)) {
    const named = mention.replace(/\.+$/, '');
    if (!existsSync(path.join(root, named))) problems.push(`mentions ${named}, which does not exist`);
  }
  if (file === 'README.md' && text.trimEnd().split('\n').length > README_LINES)
    problems.push(`has more than ${README_LINES} lines: move what is not for everybody to docs/`);
  return problems;
}

/** Problems of the references of one source file to documents, whether or not a comment breaks them over lines. */
export function problemsOfReferences(root, text) {
  const problems = [];
  for (const [reference, section] of text.replace(/\n\s*(?:\*|\/\/|#)?\s*/g, ' ').matchAll(REFERENCE)) {
    const [document] = reference.split(',');
    if (!existsSync(path.join(root, document))) problems.push(`refers to ${document}, which does not exist`);
    else if (section && !headingsOf(readFileSync(path.join(root, document), 'utf8')).includes(section))
      problems.push(`refers to ${document}, "${section}", which has no such section`);
  }
  return problems;
}

const IGNORED = new Set(['node_modules', 'dist', '.git', 'data']);

/** All files below `root`, without what is downloaded, built or data. */
async function filesOf(root) {
  const listed = await Promise.all(
    (await readdir(root, { withFileTypes: true }))
      .filter(({ name }) => !IGNORED.has(name))
      .map(async (entry) =>
        entry.isDirectory()
          ? (await readdir(path.join(root, entry.name), { recursive: true })).map((file) =>
              path.posix.join(entry.name, file.split(path.sep).join('/')),
            )
          : [entry.name],
      ),
  );
  return listed.flat();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = path.dirname(import.meta.dirname);
  const problems = (await filesOf(root)).flatMap((file) => {
    const text = () => readFileSync(path.join(root, file), 'utf8');
    if (file.endsWith('.md')) return problemsOfDocument(root, file, text()).map((problem) => `${file} ${problem}`);
    if (/\.(tsx?|mjs|cjs|ya?ml)$/.test(file)) return problemsOfReferences(root, text()).map((one) => `${file} ${one}`);
    return [];
  });
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
