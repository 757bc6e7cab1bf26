import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { editionsFolder, loadEdition } from './edition.js';
import { EditionError, type EditionFile, type EditionProblem, readEditionFile } from './files.js';

const whole = join(editionsFolder(), 'shuimogou-2025');
const files = ['plan.yaml', 'policy.yaml', 'directory.yaml', 'messages.yaml', 'holidays.yaml'];
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

const known = new Map<string, EditionFile<unknown>>();

/** Reads a file once for each content: most cases change one of the five. */
const readOnce: typeof readEditionFile = <T>(...[from, file, schema]: Parameters<typeof readEditionFile<T>>) => {
  const content = file + readFileSync(join(from, file), 'utf8');
  const read = (known.get(content) as EditionFile<T> | undefined) ?? readEditionFile(from, file, schema);
  known.set(content, read);
  return read;
};

/** The problems of the edition after edits of its files. */
function problemsAfter(edits: Edit[]): readonly EditionProblem[] {
  for (const file of files) cpSync(join(whole, file), join(folder, file));
  for (const { file, from, to } of edits) {
    const text = readFileSync(join(folder, file), 'utf8');
    expect({ from, isThere: text.includes(from) }).toEqual({ from, isThere: true });
    writeFileSync(join(folder, file), text.replace(from, to));
  }
  try {
    loadEdition(folder, readOnce);
  } catch (error) {
    if (error instanceof EditionError) return error.problems;
    throw error;
  }
  return [];
}

/** Number of the line on which `marker` first is in a file as edited. */
const lineOf = (file: string, marker: string) => {
  const text = readFileSync(join(folder, file), 'utf8');
  expect(text).toContain(marker);
  return text.slice(0, text.indexOf(marker)).split('\n').length;
};

/** A fault a line: name | file | what is replaced | by what | the text at whose line it is told | what is said. ⏎ is a line's end. */
const faults = `
YAML that does not close | plan | mayCrossDays: true | mayCrossDays: [true | clause: 3.1.1⏎ | YAML
a key twice | policy | workdayEnd: | reviewHours: | reviewHours: { value: "19:00" | YAML 写法有误
a reminder before the deadline opens | policy | { after: -15, to: duty, levels: [yellow, orange], ways: *ring } | { after: -75, to: duty, levels: [yellow, orange], ways: *ring } | after: -75 | 永远不会执行
a time neither in hours nor in working days | policy | value: 3 workdays | value: 3 days | 3 days | 3 workdays
a holiday that ends before it begins | holidays | [2025-01-28, 2025-02-04] | [2025-02-04, 2025-01-28] | [2025-02-04 | 不能早于第一天
a holiday of another year | holidays | [2026-01-01, 2026-01-03] | [2027-01-01, 2027-01-03] | year: 2026 | 不在2026年
a day twice | holidays | worked: [2026-01-04 | worked: [2026-02-15 | year: 2026 | “2026-02-15”写了两次
a working day from Monday to Friday | holidays | worked: [2026-01-04 | worked: [2026-01-05 | 2026-01-05 | 只有周六、周日
a year twice | holidays | year: 2026 | year: 2025 | years: | 同一年写了两次
a missing field | plan |     category: health⏎ |  | id: iii-health-1⏎    levels | items.0.category
an unknown key | plan | mayCrossDays: | maycrossdays: | maycrossdays: | maycrossdays
an unknown level | plan | levels: [III] | levels: [IV] | levels: [IV] | 填写的是“IV”，不符合要求，应为III
an unknown unit | plan | units: [cyberspace] | units: [cyberspase] | units: [cyberspase] | “cyberspase”不存在
a measure without a unit | plan |     answers:⏎      - units: [education]⏎        because: 附件1三（七）⏎        role: lead⏎        group: 学校⏎        do: 通知中小学、幼儿园调整教学计划，把体育课和课间活动改到室内。 |     answers: [] | answers: [] | 至少写一个负责的单位
an answer with neither clause nor reason | plan | - units: [education]⏎        because: 附件1三（七）⏎ | - units: [education]⏎ | units: [education]⏎        role | 二者取一
an answer without a role | plan | because: 附件1三（七）⏎        role: lead⏎ | because: 附件1三（七）⏎ | units: [education]⏎        because: 附件1三（七）⏎        group | items.2.answers.0.role
an answer without what to do | plan |         do: 通知中小学、幼儿园调整教学计划，把体育课和课间活动改到室内。⏎ |  | units: [education]⏎        because: 附件1三（七） | items.2.answers.0.do
two sentences of what to do | plan | do: 通知中小学、幼儿园停止户外课程和活动，当日抽查落实。 | do: 通知中小学、幼儿园停止户外课程和活动。当日抽查落实。 | 通知中小学、幼儿园停止户外课程和活动。当日 | 应为一句话
a unit twice in a measure | plan | - units: [emergency]⏎        because: | - units: [emergency, emergency]⏎        because: | units: [emergency, emergency] | 写了两次单位“emergency”
a measure that nobody leads | plan | role: lead⏎        group: 学校⏎        do: 通知中小学、幼儿园调整 | role: assist⏎        group: 学校⏎        do: 通知中小学、幼儿园调整 | answers:⏎      - units: [education]⏎        because: 附件1三（七）⏎        role: assist | “iii-health-3”没有牵头单位
a card without a task | plan |         group: 舆情⏎ |         group: 宣传⏎ | 舆情⏎  - 安全生产 | 没有任务在卡片“舆情”上
a card that is not listed | plan |         group: 舆情⏎ |         group: 网络⏎ | group: 网络 | “网络”不在 taskGroups
more cards than are read | plan | group: 散煤油烟⏎        do: 入户 | group: 舆情⏎        do: 入户 | taskGroups: | 张任务卡片，最多 12 张
a duty done with the measure of another | plan | doneWith: [iii-mobile-2, | doneWith: [iii-health-3, | [iii-health-3, ii-mobile-2 | “duty-police-trucks”的单位不负责“iii-health-3”
a standing duty of nobody | plan | { id: duty-finance-funds, units: [finance] | { id: duty-finance-funds, units: [treasury] | treasury | “treasury”不存在
a duty in two places | plan | - { id: duty-finance-funds, | - { id: duty-finance-cars, | - { id: duty-finance-cars, | “duty-finance-cars”在 standingDuties 中重复
a brief that is long | plan | III: 检查危化品、烟花爆竹企业和销售点， | III: ${'检查危化品、烟花爆竹企业和销售点，'.repeat(4)} | III: 检查危化品、烟花爆竹企业和销售点，检查 | 不超过60字
a brief of nobody | plan |   - units: [agriculture]⏎    III |   - units: [farming]⏎    III | units: [farming] | “farming”不存在
a measure of two levels | plan | levels: [III] | levels: [III, II] | levels: [III, II] | 只能属于一个响应级别
a mandatory measure without source | plan |     source: industrial⏎ |  | id: iii-industrial-1⏎    levels | 要写 source
a task that is not in the document | plan | - id: iii-health-1⏎    levels | - id: iii-health-9⏎    levels | id: iii-health-9 | 没有条目“iii-health-9”
a task twice | plan | - id: iii-health-2⏎    levels | - id: iii-health-1⏎    levels: [III] # again | iii-health-1⏎    levels: [III] # again | “iii-health-1”在 items 中重复
an entry of the document twice | plan | - id: s1-2-1 | - id: s1-1-1 # again | s1-1-1 # again | “s1-1-1”的 id 重复
a unit twice | plan | unitId: publicity | unitId: cyberspace | unitId: cyberspace, name: 区委网信办 | “cyberspace”重复
a successor of its own level | plan | id: iii-health-1, as | id: ii-health-2, as | id: ii-health-2, as | 只能取代更低级别
a successor of a higher level | plan | id: iii-health-1, as | id: i-health-1, as | id: i-health-1, as | 只能取代更低级别
a successor of nothing | plan | id: iii-health-1, as | id: iii-health-0, as | id: iii-health-0, as | “iii-health-0”不在 items 中
a succession left open | plan | id: ii-health-1, as | id: ii-health-2, as | id: ii-health-1⏎    levels | 没有条目取代“ii-health-1”
a succession decided twice | plan | - id: ii-health-1⏎    levels: [II] | - id: ii-health-1⏎    onRaise: { as: ends, by: office, why: x }⏎    levels: [II] | onRaise: { as: ends | “ii-health-1”已被取代
a quotation that is not printed | plan | 预警解除后，应急响应自动终止。 } | 预警解除后，应急响应终止。 } | id: ends-by-itself | 条款“4.4”中没有
a rule whose clause is not printed | plan | daily: "5.1" | daily: "5.4" | daily: "5.4" | 没有条款“5.4”
a rule whose clause is not as printed | plan | lifts: "3.1.5" | lifts: "§3.1.5" | lifts: "§3.1.5" | 前面不加“§”
a rule without a clause | plan |   ends: "4.4"⏎ |  | rules:⏎  scope | rules.ends
a clause that is not printed | plan | clause: 4.3.4.5⏎ | clause: 4.3.4.4⏎ | clause: 4.3.4.4 | 没有条款“4.3.4.4”
a threshold that is not quoted | plan | printed: 日AQI＞200 | printed: 日AQI＞210 | 日AQI＞210 | “日AQI＞210”不在所引原文中
parts that are not the paragraph | plan |             text: 加强散煤复燃巡查检查，引导使用清洁能源； |             text: 加强散煤复燃巡查检查； | parts:⏎          - id: iii-combined | “iii-combined”的各部分相连不是整段原文
a duty that is dropped | plan | - { id: duty-natural-supervision | - { id: s7-1 | id: duty-natural-supervision⏎            text | “duty-natural-supervision”不在 items
levels out of order | plan | name: Ⅲ级应急响应, warning: yellow | name: Ⅲ级应急响应, warning: orange | responseLevels: | 依次对应
an hour that is none | policy | "12:00" | "24:00" | 24:00 | HH:mm
an hour that is none at one level | policy | "12:00" | { yellow: "12:00", orange: "12:00", red: "24:00" } | red: "24:00" | dailyReportTime.value.red
a value that is not marked | policy | value: 72, by: office | value: 72, by: plan | value: 72 | 填写的是“plan”，不符合要求，应为office
a follow-up report later than §5.1 allows | policy | value: 24, | value: 25, | value: 25, | 不能长于预案5.1
a policy without the clause it cites | policy | clause: "3.1.3" | clause: "3.1.6" | 3.1.6 | 没有条款“3.1.6”
a step to nobody known | policy | { after: -15, to: duty, | { after: -15, to: mayor, | to: mayor | chains.value.acknowledgement.1.to
a step to the supervisor | policy | { after: -15, to: duty, | { after: -15, to: supervisor, | to: supervisor | 不自动报告区纪委监委
a leader told of a lifting that nobody acknowledged | policy | { after: -60, to: duty, quiet: hold, ways: *now }⏎    implementation | { after: -60, to: lead, quiet: hold, ways: *now }⏎    implementation | to: lead, quiet | 解除的确认只提醒
a deadline that waits for the morning at red | policy | until: "09:00", moves: [] | until: "09:00", moves: [report] | moves: [report] | 红色预警的期限不因夜间推迟
an acknowledgement that waits for the morning | policy | moves: [implementation, | moves: [acknowledgement, | moves: [acknowledgement | quiet.value.yellow.moves.0
a level without its value | policy | orange: 30, red: 15 | orange: 30 | orange: 30 | acknowledgementMinutes.value.red
a step to a unit for a deadline of the office | policy | { after: -180, to: office | { after: -180, to: lead | { after: -180, to: lead | 此项由办公室负责
a way that is none | policy | [[sms], [email], [wecom] | [[sms, pigeon], [email], [wecom] | pigeon | noticeWays.value.0.1
a robot in the place of a person | policy | [[sms], [email], [wecom] | [[sms, wecom], [email] | [[sms, wecom], [email] | 不算找到本人
robots alone | policy | yellow: [[email]] | yellow: [[wecom]] | yellow: [[wecom]] | 能找到本人的方式
a way twice | policy | [[sms], [email], [wecom] | [[sms, email], [email], [wecom] | [[sms, email], [email], [wecom] | 同一渠道只能写一次
a deadline without a chain | policy |     review:⏎      - { after: -1440, to: office, quiet: hold, ways: *mail }⏎      - { after: 0, to: office, quiet: hold, ways: *mail }⏎      - { after: 0, at: "09:00", to: committee, ways: *mail }⏎ |  | value:⏎    acknowledgement | chains.value.review
a figure twice | policy | id: trucksTurnedBack | id: fireworksCases |     public-security:⏎ | 指标的 id 重复
a figure of nobody | policy |     publicity:⏎ |     publicitee:⏎ | publicitee: | 没有单位“publicitee”
a figure with two meanings | policy | { id: minesInspected, name: 检查矿山料场 | { id: people, name: 检查矿山料场 | { id: people, name: 检查矿山料场 | “people”在各单位处写法不同
a figure out of one that is none | policy | outOf: minesToStop | outOf: minesToHalt | outOf: minesToHalt | “minesToHalt”不存在
a street without a name | directory | street-qifang, name: 七纺街道办事处,  | street-qifang,  | street-qifang, | 没有单位“street-qifang”
a department with a name of its own | directory | unitId: parks } | unitId: parks, name: 园林 } | name: 园林 | 以 plan.yaml 为准
a unit with no contact | directory |   street-qifang:⏎ |   street-qifan:⏎ | contacts:⏎  # | “street-qifang”没有联系人
contacts of nobody | directory |   street-qifang:⏎ |   street-qifan:⏎ | street-qifan: | 没有单位“street-qifan”
a department that is not listed | directory |   - { unitId: parks }⏎ |  | unitId: parks, name | “parks”不在 directory.yaml
an address that is none | directory | lead@city.shuimogou.example | lead | email: lead } | contacts.city.1.email
a robot by its address | directory | lead@city.shuimogou.example | lead@city.shuimogou.example, wecom: "https://robot.example/?key=1" | https://robot | 不要写网址或密钥
a landline for messages | directory | lead@city.shuimogou.example | lead@city.shuimogou.example, sms: "0991-1234567" | 0991-1234567 | 能收短信
a clause twice | plan | - clause: "8.2" | - clause: "8.1" # again | - clause: "8.1" # again | 条款“8.1”重复
a supervisor within nobody | plan | within: discipline-inspection | within: discipline | within: discipline | 没有单位“discipline”
an office within nobody | plan | within: ecology | within: ecologie | within: ecologie | 没有单位“ecologie”
a placeholder that does not exist | messages | 【{{levelName}}】启动应急响应 | 【{{level}}】启动应急响应 | 【{{level}}】启动应急响应 | 没有占位符“level”，可用的有：levelName、
a placeholder of another event | messages | 2. 补齐到解除时止的 | 2. {{firstReportDay}}补齐到解除时止的 | text: |⏎      {{issuer}}通知（{{noticeNumber}}）：⏎      自{{effectiveAt}}起解除{{warning}} | 没有占位符“firstReportDay”
a placeholder that does not exist at one level | messages | 立即行动，{{acknowledgeByBrief}}前确认。"⏎⏎  adjustment | 立即行动，{{tasksCount}}前确认。"⏎⏎  adjustment | short: "{{brief}}{{levelName}}（最高级别）， | 没有占位符“tasksCount”
rows written as one value | messages | 【逾期】{{duty}} | 【逾期】{{items}} | 【逾期】{{items}} | “items”有多行
a placeholder of a row outside it | messages | 一项任务的完成记录已撤销，请继续落实⏎ | 第{{number}}项任务的完成记录已撤销⏎ | 第{{number}}项 | 没有占位符“number”
braces that do not close | messages | 请于{{acknowledgeBy}}前确认 | 请于{{acknowledgeBy}前确认 | 【{{levelName}}】启动应急响应 | 双花括号是否成对
a section that does not close | messages | {{report}} | {{#report}}{{report}} | text: |⏎      {{#report}} | 段落是否闭合
a template within a template | messages | {{report}} | {{>report}} | text: |⏎      {{>report}} | 不支持 {{>report}}
other braces | messages | {{report}} | {{=<% %>=}}<%report%> | text: |⏎      {{=<% %>=}} | 不支持 {{=
a drill marked by a template | messages | subject: 重污染天气过程有新情况 | subject: 【演练】重污染天气过程有新情况 | subject: 【演练】 | 不要写“演练”
a short text that is long | messages | 信息报送已发到邮箱，请查收。 | ${'请查收'.repeat(40)} | short: "{{district}}{{startedAtBrief}} | 不能超过120字
an event without words | messages |   news: |   gossip: | events:⏎  start | events.news
an event that does not exist | messages |   news: |   gossip: | gossip: | gossip
a level that does not exist | messages |       red:⏎ |       purple:⏎ | purple: | purple
a part that does not exist | messages | subject: 重污染天气过程有新情况 | title: 重污染天气过程有新情况 | title: 重 | title
a level of an alarm | messages | short: "【渠道恢复】 | levels: { red: { short: 恢复 } }⏎    short: "【渠道恢复】 | levels: { red | 与级别无关
a subject of two lines | messages | subject: 重污染天气过程有新情况 | subject: "重污染天气⏎⏎      过程有新情况" | subject: "重污染天气 | 应为一行文字
a publisher that does not exist | plan | units: [publicity]⏎    pollutant | units: [publicty]⏎    pollutant | units: [publicty] | 发布单位“publicty”不存在
a sender that alerts cannot have | plan | sender: env-office@shuimogou.example | sender: 区环委办,水磨沟区 | sender: 区环委办 | 不能有空格和逗号
a link within the short frame | messages | 点此确认：{{/acknowledgeLink}} | 点此确认：{{acknowledgeLink}}{{/acknowledgeLink}} | short: "{{body}} | 链接由系统加在最后
a value as markup | messages | {{report}} | {{{report}}} | text: |⏎      {{{report}}} | 不要用三个花括号
a frame without the message | messages |     {{body}}⏎ |  | text: |⏎    {{#recipient}} | 请把 {{body}} 单独写在一行
a street twice | directory | unitId: street-liudaowan | unitId: street-qifang | 六道湾 | “street-qifang”重复
`
  .trim()
  .split('\n')
  .map((line) => {
    const [name, file, from, to, where, reason] = line.split(' | ').map((cell) => cell.replaceAll('⏎', '\n'));
    return { name: name!, file: `${file}.yaml`, from: from!, to: to!, where: where!, reason: reason! };
  });

describe('a broken edition is refused with file, line and reason', () => {
  test.each(faults)('$name', ({ file, from, to, where, reason }) => {
    const problems = problemsAfter([{ file, from, to }]);
    const told = problems.find((problem) => problem.reason.includes(reason));
    expect({ told, problems }).toMatchObject({ told: { reason: expect.not.stringContaining('\n') } });
    expect(told?.line).toBe(lineOf(told!.file, where));
  });

  test('an edition that is whole is not', () => {
    expect(problemsAfter([])).toEqual([]);
  });

  test.each([
    { file: 'plan.yaml', from: '预案未点名：', to: '预案没有点名：' },
    { file: 'policy.yaml', from: '预案只写“及时通知”', to: '预案写“及时通知”' },
    { file: 'directory.yaml', from: '待办公室核实', to: '已核实' },
    { file: 'messages.yaml', from: '登录查看：', to: '请登录查看：' },
  ])('a change of $file makes another edition', (edit) => {
    const { hash } = loadEdition(whole);
    expect(problemsAfter([edit])).toEqual([]);
    expect(loadEdition(folder).hash).not.toBe(hash);
  });

  test.each([
    { file: 'plan.yaml', from: '\n', to: '\n# 说明\n' },
    { file: 'directory.yaml', from: 'liaison@office', to: 'zhang@office' },
  ])('a comment or another contact makes none ($file)', (edit) => {
    expect(problemsAfter([edit])).toEqual([]);
    expect(loadEdition(folder).hash).toBe(loadEdition(whole).hash);
  });

  test('a missing file', () => {
    problemsAfter([]);
    rmSync(join(folder, 'policy.yaml'));
    expect(() => loadEdition(folder)).toThrow(/^policy\.yaml:1 读不到这个文件/);
  });

  test('a unit without a task is told for each level', () => {
    const levels = problemsAfter([
      { file: 'plan.yaml', from: '- units: [departments, streets]\n        by', to: '- units: [streets]\n        by' },
      {
        file: 'plan.yaml',
        from: '- units: [departments, streets]\n        because',
        to: '- units: [streets]\n        because',
      },
      { file: 'plan.yaml', from: 'units: [cyberspace]', to: 'units: [publicity]' },
    ]).filter(({ reason }) => reason.includes('区委网信办'));
    expect(levels.map(({ file, reason }) => [file, / (I+) 级没有任务/.exec(reason)?.[1]])).toEqual([
      ['directory.yaml', 'III'],
      ['directory.yaml', 'II'],
      ['directory.yaml', 'I'],
    ]);
  });

  test('a kind of unit without a brief is told, though each of its units has one', () => {
    const problems = problemsAfter([
      { file: 'plan.yaml', from: '- units: [departments]\n', to: '- units: [departments-all]\n' },
    ]);
    expect(problems.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('请在 briefs 中补上“departments”'),
      expect.stringContaining('“departments-all”不存在'),
    ]);
  });

  test('too many units and tasks for what the engine takes with a start', () => {
    const problemsWith = (count: number) => {
      const streets = Array.from(
        { length: count },
        (_, n) => `street-${createHash('sha256').update(`${n}`).digest('hex')}`,
      );
      const listed = streets.map((id, n) => `  - { unitId: ${id}, name: 第${n}街道办事处, kind: street }`);
      const people = streets.map((id) => `  ${id}: [{ role: liaison, name: 待填写, email: a@b.example }]`);
      return problemsAfter([
        { file: 'directory.yaml', from: 'units:', to: ['units:', ...listed].join('\n') },
        { file: 'directory.yaml', from: '\ncontacts:', to: ['\ncontacts:', ...people].join('\n') },
      ]);
    };
    expect(problemsWith(300)).toEqual([]);
    expect(problemsWith(600)).toEqual([
      {
        file: 'plan.yaml',
        line: lineOf('plan.yaml', '\nitems:') + 1,
        reason: expect.stringContaining('上限 400000 字节'),
      },
    ]);
  });

  test('all problems are told at once, a line each', () => {
    const problems = problemsAfter([
      { file: 'plan.yaml', from: 'levels: [III]', to: 'levels: [IV]' },
      { file: 'policy.yaml', from: '"12:00"', to: '"12"' },
      { file: 'directory.yaml', from: 'lead@city.shuimogou.example', to: 'lead' },
      { file: 'messages.yaml', from: 'news:', to: 'gossip:' },
      { file: 'holidays.yaml', from: 'year: 2026', to: 'year: 2025' },
    ]);
    expect([...new Set(problems.map(({ file }) => file))]).toEqual(files);
    expect(new EditionError(problems).message.split('\n')).toHaveLength(problems.length);
  });
});
