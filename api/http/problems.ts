import type { Refusal, RefusalType } from '../../episode/commands.js';
import { quoted } from '../../lib/quoted.js';

interface Titled {
  status: number;
  title: string;
}

/** Status and title of every refusal. The names belong to the contract: add, never rename. */
export const PROBLEMS = {
  'sign-in-required': { status: 401, title: '需要登录' },
  'credentials-wrong': { status: 401, title: '用户名或密码不正确' },
  'body-too-large': { status: 413, title: '内容过大' },
  'body-malformed': { status: 400, title: '内容无法读取' },
  'not-allowed': { status: 403, title: '无权进行此项操作' },
  'account-disabled': { status: 403, title: '账号已停用' },
  'password-expired': { status: 401, title: '一次性密码已过期' },
  'username-taken': { status: 409, title: '用户名已被使用' },
  'own-account': { status: 409, title: '不能这样更改自己的账号' },
  'last-administrator': { status: 409, title: '最后一位管理员' },
  'account-in-use': { status: 409, title: '账号已有人使用' },
  'account-changed': { status: 412, title: '内容已有变动' },
  'password-change-required': { status: 403, title: '需要先修改密码' },
  'code-wrong': { status: 401, title: '验证码不正确' },
  'sign-in-expired': { status: 401, title: '登录已超时' },
  'provider-unreachable': { status: 503, title: '连接不上统一身份认证' },
  'provider-denied': { status: 403, title: '统一身份认证没有完成登录' },
  'provider-misconfigured': { status: 502, title: '与统一身份认证对接有误' },
  'role-missing': { status: 403, title: '没有本系统的角色' },
  'unit-missing': { status: 403, title: '没有本系统的单位' },
  'one-time-code-required': { status: 403, title: '需要先登记一次性验证码' },
  'one-time-codes-on': { status: 409, title: '已启用一次性验证码' },
  'one-time-codes-off': { status: 409, title: '没有启用一次性验证码' },
  'one-time-codes-unavailable': { status: 503, title: '暂时不能核对验证码' },
  'origin-foreign': { status: 403, title: '请求来源不符' },
  'connection-insecure': { status: 403, title: '需要经 https 访问' },
  'not-found': { status: 404, title: '未找到' },
  'unit-unknown': { status: 404, title: '没有这个责任单位' },
  'task-unknown': { status: 404, title: '没有这项任务' },
  'episode-not-started': { status: 404, title: '没有这次重污染天气过程' },
  'notice-unknown': { status: 404, title: '没有这份通知' },
  'method-not-allowed': { status: 405, title: '不支持此方法' },
  'fields-invalid': { status: 400, title: '填写内容有误' },
  'password-weak': { status: 400, title: '新密码不符合要求' },
  'reason-required': { status: 400, title: '需要说明理由' },
  'file-unreadable': { status: 400, title: '文件无法读取' },
  'override-ended': { status: 409, title: '替班已结束' },
  'import-faulty': { status: 409, title: '文件中有错误' },
  'import-expired': { status: 409, title: '预览已过期' },
  'contacts-changed': { status: 412, title: '内容已有变动' },
  'roster-changed': { status: 409, title: '内容已有变动' },
  'notice-conflict': { status: 409, title: '通知文号已用于其他内容' },
  'notice-known': { status: 409, title: '通知已经录入' },
  'number-taken': { status: 409, title: '文号已用于另一份通知' },
  'nothing-changed': { status: 409, title: '没有变化' },
  'episode-active': { status: 409, title: '已有过程正在进行' },
  'episode-started': { status: 409, title: '过程已经启动' },
  'episode-lifted': { status: 409, title: '预警已解除' },
  'episode-not-lifted': { status: 409, title: '预警尚未解除' },
  'episode-closed': { status: 409, title: '过程已结束' },
  'response-not-started': { status: 409, title: '应急响应尚未启动' },
  'response-cancelled': { status: 409, title: '应急响应没有启动' },
  'unit-already-added': { status: 409, title: '该单位已在名单中' },
  'task-ended': { status: 409, title: '任务已终止' },
  'task-not-done': { status: 409, title: '任务尚未完成' },
  'task-done': { status: 409, title: '任务已完成' },
  'task-not-added': { status: 409, title: '预案规定的任务不能撤销' },
  'task-of-office': { status: 409, title: '办公室增加的任务由办公室撤销' },
  'task-added': { status: 422, title: '加派的任务不能报不涉及' },
  'task-not-applicable': { status: 409, title: '任务已报不涉及' },
  'task-applicable': { status: 409, title: '任务没有报不涉及' },
  'measure-unknown': { status: 422, title: '没有这项措施' },
  'measure-not-in-force': { status: 409, title: '措施没有在执行' },
  'suspension-unknown': { status: 404, title: '没有这项暂停' },
  'suspension-ended': { status: 409, title: '暂停已经结束' },
  'suspension-overlaps': { status: 409, title: '已经暂停' },
  'suspensions-too-many': { status: 422, title: '暂停过多' },
  'suspension-time': { status: 422, title: '暂停时间不符' },
  'response-suspended': { status: 409, title: '应急响应正在暂停' },
  'follow-up-submitted': { status: 409, title: '信息已经报送' },
  'follow-up-outstanding': { status: 409, title: '信息尚未报送' },
  'review-missing': { status: 409, title: '总结评估尚未填写' },
  'revision-unknown': { status: 404, title: '没有这个事项' },
  'revision-done': { status: 409, title: '事项已经完成' },
  'office-completes': { status: 422, title: '由区环委办登记完成' },
  'filing-required': { status: 422, title: '修订完成须报备' },
  'filing-time': { status: 422, title: '报备时间不对' },
  'review-published': { status: 409, title: '总结评估已发布' },
  'attachment-type': { status: 415, title: '不接受这种文件' },
  'media-type': { status: 415, title: '不接受这种内容' },
  'key-reused': { status: 422, title: '同一编号已用于其他内容' },
  'pollutant-not-covered': { status: 422, title: '不适用本预案' },
  'level-below-city': { status: 422, title: '级别低于全市预警' },
  'basis-not-allowed': { status: 422, title: '区里不能自行决定' },
  'effective-time': { status: 422, title: '生效时间不符' },
  'due-time': { status: 422, title: '时限不符' },
  'problem-unknown': { status: 404, title: '没有这个问题' },
  'problem-settled': { status: 409, title: '问题已整改' },
  'problem-time': { status: 422, title: '时间不符' },
  'problems-too-many': { status: 422, title: '问题过多' },
  'circular-unknown': { status: 404, title: '没有这份通报' },
  'circular-closed': { status: 409, title: '通报已经办结' },
  'circulars-too-many': { status: 422, title: '通报过多' },
  'referral-unknown': { status: 422, title: '没有这项移交' },
  'digest-missing': { status: 409, title: '汇总尚未形成' },
  'text-changed': { status: 412, title: '内容已有变动' },
  'text-unchanged': { status: 409, title: '内容没有变化' },
  'text-unknown': { status: 404, title: '没有这份文字' },
  'statement-unknown': { status: 404, title: '没有这条回应' },
  'statement-corrected': { status: 409, title: '已经更正' },
  'appearance-time': { status: 422, title: '时间不符' },
  'appearances-too-many': { status: 422, title: '登记过多' },
  'not-breached': { status: 422, title: '没有逾期，不能移交' },
  'nothing-to-explain': { status: 422, title: '没有逾期，不需要说明' },
  'referred-to-itself': { status: 422, title: '不能移交给其自身' },
  'message-unknown': { status: 404, title: '没有这条消息' },
  'message-obsolete': { status: 409, title: '消息已经无用' },
  'message-under-way': { status: 409, title: '消息正在发送' },
  'resent-too-often': { status: 422, title: '重发次数过多' },
  'nothing-open': { status: 409, title: '没有待办事项' },
  'urged-recently': { status: 409, title: '刚催办过' },
  'report-day': { status: 422, title: '日期不在报送范围' },
  'hand-over-corrected': { status: 409, title: '交接班记录已有更正' },
  'hand-over-acknowledged': { status: 409, title: '已经接班' },
  'too-many-attempts': { status: 429, title: '尝试次数过多' },
  'too-many-streams': { status: 429, title: '接收实时更新的页面过多' },
  'outcome-unknown': { status: 503, title: '结果尚未知晓' },
  'database-away': { status: 503, title: '暂时连接不上数据库' },
  'not-ready': { status: 503, title: '尚未就绪' },
  'episode-interrupted': { status: 503, title: '过程的运行已中断' },
  'file-damaged': { status: 404, title: '原件缺失或已被改动' },
  internal: { status: 500, title: '内部错误' },
} satisfies Record<RefusalType, Titled> & Record<string, Titled>;

/** Refusals of an episode (`RefusalType`) and of the HTTP process. */
export type ProblemType = keyof typeof PROBLEMS;

export interface FieldError {
  field: string;
  detail: string;
}

interface Extras {
  clause?: string;
  errors?: FieldError[];
  headers?: Record<string, string>;
}

/** A refusal on its way to the caller; `detail` is Chinese and says what to do. */
export class Problem extends Error {
  constructor(
    readonly type: ProblemType,
    readonly detail: string,
    readonly extras: Extras = {},
  ) {
    super(type);
  }

  get status(): number {
    return PROBLEMS[this.type].status;
  }

  /** The body of RFC 9457. */
  toJSON() {
    const { status, title } = PROBLEMS[this.type];
    const { clause, errors } = this.extras;
    return {
      type: `/problems/${this.type}`,
      title,
      status,
      detail: this.detail,
      ...(clause === undefined ? {} : { clause }),
      ...(errors === undefined ? {} : { errors }),
    };
  }
}

export const problemOf = ({ type, detail, clause }: Refusal): Problem =>
  new Problem(type, detail, clause === undefined ? {} : { clause });

export const isProblemType = (type: string): type is ProblemType => Object.hasOwn(PROBLEMS, type);

/** What is not there, by its id in the address. An episode has words of its own for what it does not know. */
export const NOT_FOUND = {
  episode: '没有编号为“{id}”的重污染天气过程，请按过程列表所列的编号填写。',
  entry: '没有编号为“{id}”的记录，请按台账所列的编号填写。',
  dailyReport: '没有“{id}”的每日报送：该日尚未报送，或不在响应期间，请核对日期。',
  summary: '没有“{id}”的总结：该单位尚未报送，请核对单位，或稍后再看。',
  digest: '没有“{id}”的每日汇总：该日不在响应期间，或者尚未过去，请核对日期。',
  attachment: '没有编号为“{id}”的附件，请按上传时得到的 attachmentId 填写；其他单位的附件不能查看。',
  import: '没有编号为“{id}”的导入，请按上传时得到的编号填写，或者重新上传文件。',
  account: '没有编号为“{id}”的账号，请从账号列表中重新选择。',
  token: '没有编号为“{id}”的令牌，请从令牌列表中重新选择。',
  session: '没有编号为“{id}”的登录，可能已经结束，请重新读取列表。',
  handOver: '没有编号为“{id}”的交接班记录，请按交接班记录列表所列的编号填写。',
  textVersion: '没有第“{id}”版：该版尚未印发，请按所列的版次填写。',
  paper: '台账第“{id}”条没有公文原件：印发通知、上报、报送和通报的记录才有，请从中选择。',
  override: '没有编号为“{id}”的替班，请按值班表所列的编号填写。',
} as const;

export const notFound = (thing: keyof typeof NOT_FOUND, id: string): Problem =>
  new Problem(
    'not-found',
    NOT_FOUND[thing].replace('“{id}”', () => quoted(id)),
  );

export const unitUnknown = (unitId: string): Problem =>
  new Problem('unit-unknown', `名录中没有${quoted(unitId)}这个单位，请核对单位编号，例如 education。`);

export const addressNotFound = (path: string): Problem =>
  new Problem('not-found', `没有${quoted(path)}这个地址，请对照接口文档核对地址后重试。`);

/** The episode knows a command by a hash: the key that is used twice is quoted here. */
export const quotingKey =
  (key: string) =>
  (error: unknown): never => {
    if (!(error instanceof Problem) || error.type !== 'key-reused') throw error;
    throw new Problem(
      'key-reused',
      `Idempotency-Key ${quoted(key)}已用于另一内容的请求，请换一个后重新提交；要重试原来的请求，请按原内容提交。`,
      error.extras,
    );
  };

/** The command may have been carried out. A repeat with the same key tells, and does it at most once. */
export const outcomeUnknown = (): Problem =>
  new Problem('outcome-unknown', '暂时不知道是否已办理，请稍后用同一 Idempotency-Key 重试，不会重复办理。', {
    headers: { 'Retry-After': '5' },
  });

/** A final refusal: nothing was carried out. After any other error the outcome is not known. */
export const isRefusal = (error: unknown): boolean => error instanceof Problem && error.status < 500;
