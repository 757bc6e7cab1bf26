/** `npm run bench [-- ROW …]`: measures the program as it is built, each row beside its counterpart in the same run. */
import { writeFile } from 'node:fs/promises';
import { type Measurement, machineFacts, ratioOf, tableOf } from './figures.js';
import { openPostbox } from './mail.js';
import { startProgram } from './program.js';
import { rows } from './rows.js';

// The TypeScript loader marks its process by this. A child needs a loader of its own.
delete process.env.QINGKONG_TEST_HOOKS;

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in rows));
if (unknown.length > 0) {
  process.stderr.write(`没有这些项目：${unknown.join('、')}。可选：${Object.keys(rows).join('、')}。\n`);
  process.exit(2);
}

const postbox = await openPostbox();
const program = await startProgram(postbox.url);
const figures: Measurement[] = [];
try {
  for (const name of asked.length > 0 ? asked : Object.keys(rows)) {
    await program.health();
    figures.push(...(await rows[name]!({ program, postbox })));
    const { longest, memory } = await program.health();
    figures.push({
      row: name,
      what: `longest event-loop gap in \`${name}\``,
      unit: 'ms',
      values: [longest],
      reach: '≤ 100 ms',
    });
    process.stderr.write(
      `${name}: rss ${Math.round(memory.rss / 2 ** 20)} MiB, heap ${Math.round(memory.heapUsed / 2 ** 20)} MiB\n`,
    );
  }
} finally {
  await program.close();
  await postbox.close();
}
const facts = machineFacts();
process.stdout.write(`${tableOf(figures)}\n\n${JSON.stringify(facts)}\n`);
await writeFile(
  'bench-result.json',
  `${JSON.stringify({ facts, figures: figures.map((figure) => ({ ...figure, ratio: ratioOf(figure) })) }, null, 2)}\n`,
);
process.exit(0);
