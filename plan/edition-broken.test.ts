import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { editionsFolder, loadEdition } from './edition.js';
import { EditionError, type Problem } from './edition-files.js';

const whole = join(editionsFolder(), 'shuimogou-2025');
const files = ['plan.yaml', 'policy.yaml', 'directory.yaml'];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'edition-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Edit {
  file: string;
  from: string;
  to: string;
}

/** The problems of the edition after edits of its files. */
function problemsAfter(edits: Edit[]): readonly Problem[] {
  for (const file of files) cpSync(join(whole, file), join(folder, file));
  for (const { file, from, to } of edits) {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(folder, file), text.replace(from, to));
  }
  try {
    loadEdition(folder);
  } catch (error) {
    if (error instanceof EditionError) return error.problems;
    throw error;
  }
  return [];
}

/** Number of the line on which `marker` first stands in a file as edited. */
const lineOf = (file: string, marker: string) => {
  const text = readFileSync(join(folder, file), 'utf8');
  expect(text).toContain(marker);
  return text.slice(0, text.indexOf(marker)).split('\n').length;
};

/** name, file, what is replaced by what, where the problem stands, what it says */
const faults: Array<[string, string, string, string, string, RegExp]> = [
  ['YAML that does not close', 'plan.yaml', 'mayCrossDays: true', 'mayCrossDays: [true', 'clause: 3.1.1\n', /YAML/],
  ['a key twice', 'policy.yaml', 'summaryHours:', 'reviewHours:', 'reviewHours: { value: 168', /YAML.*unique/],
  ['a missing field', 'plan.yaml', '    category: health\n', '', 'id: iii-health-1\n    levels', /items\.0\.category/],
  ['an unknown key', 'plan.yaml', 'mayCrossDays:', 'maycrossdays:', 'maycrossdays:', /maycrossdays/],
  ['an unknown level', 'plan.yaml', 'levels: [III]', 'levels: [IV]', 'levels: [IV]', /"III"\|"II"\|"I"/],
  [
    'an unknown unit',
    'plan.yaml',
    'units: [cyberspace]',
    'units: [cyberspase]',
    'units: [cyberspase]',
    /“cyberspase”不存在/,
  ],
  [
    'a measure without a unit',
    'plan.yaml',
    '    answers:\n      - { units: [education], because: 附件1三（七） }',
    '    answers: []',
    'answers: []',
    /至少写一个负责的单位/,
  ],
  [
    'an answer with neither clause nor reason',
    'plan.yaml',
    '{ units: [education], because: 附件1三（七） }',
    '{ units: [education] }',
    '{ units: [education] }',
    /二者取一/,
  ],
  [
    'a measure of two levels',
    'plan.yaml',
    'levels: [III]',
    'levels: [III, II]',
    'levels: [III, II]',
    /只能属于一个响应级别/,
  ],
  [
    'a mandatory measure without source',
    'plan.yaml',
    '    source: industrial\n',
    '',
    'id: iii-industrial-1\n    levels',
    /要写 source/,
  ],
  [
    'a task that is not in the document',
    'plan.yaml',
    '- id: iii-health-1\n    levels',
    '- id: iii-health-9\n    levels',
    'id: iii-health-9',
    /没有条目“iii-health-9”/,
  ],
  [
    'a task twice',
    'plan.yaml',
    '- id: iii-health-2\n    levels',
    '- id: iii-health-1\n    levels: [III] # again',
    'iii-health-1\n    levels: [III] # again',
    /“iii-health-1”在 items 中重复/,
  ],
  [
    'an entry of the document twice',
    'plan.yaml',
    '- id: s1-2-1',
    '- id: s1-1-1 # again',
    's1-1-1 # again',
    /“s1-1-1”的 id 重复/,
  ],
  [
    'a unit twice',
    'plan.yaml',
    'unitId: publicity',
    'unitId: cyberspace',
    'unitId: cyberspace, name: 区委网信办',
    /“cyberspace”重复/,
  ],
  [
    'a successor of its own level',
    'plan.yaml',
    'id: iii-health-1, as',
    'id: ii-health-2, as',
    'id: ii-health-2, as',
    /只能取代更低级别/,
  ],
  [
    'a successor of a higher level',
    'plan.yaml',
    'id: iii-health-1, as',
    'id: i-health-1, as',
    'id: i-health-1, as',
    /只能取代更低级别/,
  ],
  [
    'a successor of nothing',
    'plan.yaml',
    'id: iii-health-1, as',
    'id: iii-health-0, as',
    'id: iii-health-0, as',
    /“iii-health-0”不在 items 中/,
  ],
  [
    'a succession left open',
    'plan.yaml',
    'id: ii-health-1, as',
    'id: ii-health-2, as',
    'id: ii-health-1\n    levels',
    /没有条目取代“ii-health-1”/,
  ],
  [
    'a succession decided twice',
    'plan.yaml',
    '- id: ii-health-1\n    levels: [II]',
    '- id: ii-health-1\n    onRaise: { as: ends, by: office, why: x }\n    levels: [II]',
    'onRaise: { as: ends',
    /“ii-health-1”已被取代/,
  ],
  [
    'a quotation that is not printed',
    'plan.yaml',
    '预警解除后，应急响应自动终止。 }',
    '预警解除后，应急响应终止。 }',
    'id: ends-by-itself',
    /条款“4\.4”中没有/,
  ],
  [
    'a clause that is not printed',
    'plan.yaml',
    'clause: 4.3.4.5\n',
    'clause: 4.3.4.4\n',
    'clause: 4.3.4.4',
    /没有条款“4\.3\.4\.4”/,
  ],
  [
    'a threshold that is not quoted',
    'plan.yaml',
    'printed: 日AQI＞200',
    'printed: 日AQI＞210',
    '日AQI＞210',
    /“日AQI＞210”不在所引原文中/,
  ],
  [
    'parts that are not the paragraph',
    'plan.yaml',
    '            text: 加强散煤复燃巡查检查，引导使用清洁能源；',
    '            text: 加强散煤复燃巡查检查；',
    '- id: iii-combined-1\n            text',
    /“iii-combined”的各部分相连不是整段原文/,
  ],
  [
    'a duty that is dropped',
    'plan.yaml',
    '- { id: duty-natural-supervision',
    '- { id: s7-1',
    'id: duty-natural-supervision\n            text',
    /“duty-natural-supervision”既不在/,
  ],
  [
    'levels out of order',
    'plan.yaml',
    'name: Ⅲ级应急响应, warning: yellow',
    'name: Ⅲ级应急响应, warning: orange',
    '- { level: III, name',
    /依次对应/,
  ],
  ['an hour that is none', 'policy.yaml', '10:00', '24:00', '24:00', /HH:mm/],
  [
    'a value that is not marked',
    'policy.yaml',
    'value: 72, by: office',
    'value: 72, by: plan',
    'value: 72',
    /"office"/,
  ],
  [
    'a follow-up report later than §5.1 allows',
    'policy.yaml',
    'value: 24,',
    'value: 25,',
    'value: 25,',
    /不能长于预案5\.1/,
  ],
  [
    'a policy without the clause it cites',
    'policy.yaml',
    'clause: "3.1.3"',
    'clause: "3.1.6"',
    '3.1.6',
    /没有条款“3\.1\.6”/,
  ],
  [
    'a street without a name',
    'directory.yaml',
    'street-qifang, name: 七纺街道办事处, ',
    'street-qifang, ',
    'street-qifang,',
    /没有单位“street-qifang”/,
  ],
  [
    'a department with a name of its own',
    'directory.yaml',
    'unitId: parks }',
    'unitId: parks, name: 园林 }',
    'name: 园林',
    /以 plan\.yaml 为准/,
  ],
  [
    'a unit with no contact',
    'directory.yaml',
    '  street-qifang:\n',
    '  street-qifan:\n',
    '  office:\n',
    /“street-qifang”没有联系人/,
  ],
  [
    'contacts of nobody',
    'directory.yaml',
    '  street-qifang:\n',
    '  street-qifan:\n',
    'liaison@street-qifang',
    /没有单位“street-qifan”/,
  ],
  [
    'a department that is not listed',
    'directory.yaml',
    '  - { unitId: parks }\n',
    '',
    'unitId: parks, name',
    /“parks”不在 directory\.yaml/,
  ],
  [
    'a clause twice',
    'plan.yaml',
    '- clause: "8.2"',
    '- clause: "8.1" # again',
    '- clause: "8.1" # again',
    /条款“8\.1”重复/,
  ],
  [
    'an office within nobody',
    'plan.yaml',
    'within: ecology',
    'within: ecologie',
    'within: ecologie',
    /没有单位“ecologie”/,
  ],
  [
    'a street twice',
    'directory.yaml',
    'unitId: street-liudaowan',
    'unitId: street-qifang',
    '六道湾',
    /“street-qifang”重复/,
  ],
  [
    'an address that is none',
    'directory.yaml',
    'lead@city.shuimogou.example',
    'lead',
    'email: lead }',
    /contacts\.city\.1\.email/,
  ],
];

describe('a broken edition is refused with file, line and reason', () => {
  test.each(faults)('%s', (_, file, from, to, where, reason) => {
    const problems = problemsAfter([{ file, from, to }]);
    const told = problems.find((problem) => reason.test(problem.reason));
    expect(problems.map((problem) => `${problem.file}:${problem.line} ${problem.reason}`).join('\n')).toMatch(reason);
    expect(told?.line).toBe(lineOf(told!.file, where));
    expect(told!.reason).not.toContain('\n');
  });

  test('an edition that is whole is not', () => {
    expect(problemsAfter([])).toEqual([]);
  });

  test('a missing file', () => {
    problemsAfter([]);
    rmSync(join(folder, 'policy.yaml'));
    expect(() => loadEdition(folder)).toThrow(/^policy\.yaml:1 读不到这个文件/);
  });

  test('a unit without a task is told for each level', () => {
    const levels = problemsAfter([{ file: 'plan.yaml', from: 'units: [cyberspace]', to: 'units: [publicity]' }]).filter(
      ({ reason }) => reason.includes('区委网信办'),
    );
    expect(levels.map(({ file, reason }) => [file, / (I+) 级没有任务/.exec(reason)?.[1]])).toEqual([
      ['directory.yaml', 'III'],
      ['directory.yaml', 'II'],
      ['directory.yaml', 'I'],
    ]);
  });

  test('all problems are told at once, a line each', () => {
    const problems = problemsAfter([
      { file: 'plan.yaml', from: 'levels: [III]', to: 'levels: [IV]' },
      { file: 'policy.yaml', from: '10:00', to: '10' },
      { file: 'directory.yaml', from: 'lead@city.shuimogou.example', to: 'lead' },
    ]);
    expect(problems.map(({ file }) => file)).toEqual(files);
    expect(new EditionError(problems).message.split('\n')).toHaveLength(3);
  });
});
