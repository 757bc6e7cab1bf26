// `summarize-tests.mjs RESULTS CONTRACT`: what jest wrote with --json, and how test/contract/ ended, for .ci/run. The
// slowest files, what failed and why, and as the last line `N passed, N failed`. A test that was left out has failed,
// and so has a file that could not be run.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const SLOWEST = 10;
const LINES = 40;

const text = readFileSync(process.argv[2], 'utf8');
const { testResults = [], numPassedTests = 0 } = text === '' ? {} : JSON.parse(text);

const nameOf = ({ name }) => path.relative(process.cwd(), name);
const indented = (message) =>
  stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => !/^ +at .*(node_modules|node:internal)/.test(line))
    .slice(0, LINES)
    .map((line) => `    ${line}`)
    .join('\n');

console.log('\nslowest files:');
const timed = testResults.map((file) => ({ file, seconds: (file.endTime - file.startTime) / 1000 }));
for (const { file, seconds } of timed.toSorted((a, b) => b.seconds - a.seconds).slice(0, SLOWEST)) {
  console.log(`${seconds.toFixed(1).padStart(7)} s  ${nameOf(file)}`);
}

const failures = testResults.flatMap((file) => {
  const failed = file.assertionResults.flatMap(({ status, fullName, failureMessages }) => {
    if (status === 'passed') return [];
    const why = status === 'failed' ? failureMessages.join('\n') : 'left out';
    return [`${nameOf(file)}: ${fullName}\n${indented(why)}`];
  });
  const couldNotRun = file.status === 'failed' && failed.length === 0;
  return couldNotRun ? [`${nameOf(file)} could not be run\n${indented(file.message)}`] : failed;
});
if (testResults.length === 0) failures.push('no test was run');
const contractHolds = process.argv[3] === '0';
if (!contractHolds) failures.push('the contract (test/contract/run.mjs): what it found is above');
for (const failure of failures) console.log(`\nfailed: ${failure}`);
console.log(`\n${numPassedTests + Number(contractHolds)} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
