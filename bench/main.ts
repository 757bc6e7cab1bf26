/** `npm run bench [-- ROW …]`: measures the program as it is built, each row beside its counterpart in the same run. */
import { writeFile } from 'node:fs/promises';
import { type Measurement, machineFacts, ratioOf, tableOf } from './figures.js';
import { loneRows } from './lone-rows.js';
import { openPostbox } from './mail.js';
import { startProgram } from './program.js';
import { programRows } from './rows.js';

// The TypeScript loader marks its process by this. A child needs a loader of its own.
delete process.env.QINGKONG_TEST_HOOKS;

const names = [...Object.keys(loneRows), ...Object.keys(programRows)];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`没有这些项目：${unknown.join('、')}。可选：${names.join('、')}。\n`);
  process.exit(2);
}

const isAsked = ([name]: [string, unknown]) => asked.length === 0 || asked.includes(name);
const figures: Measurement[] = [];

for (const [name, measure] of Object.entries(loneRows).filter(isAsked)) {
  figures.push(...(await timedRow(name, measure)));
}
const onProgram = Object.entries(programRows).filter(isAsked);
if (onProgram.length > 0) {
  const postbox = await openPostbox();
  const program = await startProgram(postbox.url);
  try {
    for (const [name, measure] of onProgram) {
      await program.health();
      figures.push(...(await timedRow(name, () => measure({ program, postbox }))));
      const { longest, memory } = await program.health();
      const what = `longest event-loop gap in \`${name}\``;
      figures.push({ row: name, what, unit: 'ms', values: [longest], reach: '≤ 100 ms' });
      const memoryOf = `memory of the program after \`${name}\``;
      figures.push({ row: name, what: memoryOf, unit: 'MiB', values: [memory.rss / 2 ** 20], reach: '≤ 1,024 MiB' });
    }
  } finally {
    await program.close();
    await postbox.close();
  }
}

async function timedRow(name: string, measure: () => Promise<Measurement[]>): Promise<Measurement[]> {
  const before = performance.now();
  const measured = await measure();
  process.stderr.write(`${name}: ${Math.round((performance.now() - before) / 1000)} s\n`);
  return measured;
}

const facts = machineFacts();
process.stdout.write(`${tableOf(figures)}\n\n${JSON.stringify(facts)}\n`);
await writeFile(
  'bench-result.json',
  `${JSON.stringify({ facts, figures: figures.map((figure) => ({ ...figure, ratio: ratioOf(figure) })) }, null, 2)}\n`,
);
process.exit(0);
