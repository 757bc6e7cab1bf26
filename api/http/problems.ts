import type { Refusal, RefusalType } from '../../episode/commands.js';

/** Refusals of the HTTP process. Those of an episode are `RefusalType`. */
export type ProblemType =
  | RefusalType
  | 'sign-in-required'
  | 'credentials-wrong'
  | 'body-too-large'
  | 'body-malformed'
  | 'not-allowed'
  | 'password-change-required'
  | 'origin-foreign'
  | 'connection-insecure'
  | 'not-found'
  | 'method-not-allowed'
  | 'fields-invalid'
  | 'password-weak'
  | 'attachment-type'
  | 'media-type'
  | 'notice-conflict'
  | 'file-unreadable'
  | 'override-ended'
  | 'import-faulty'
  | 'import-expired'
  | 'roster-changed'
  | 'contacts-changed'
  | 'too-many-attempts'
  | 'outcome-unknown'
  | 'not-ready'
  | 'episode-interrupted'
  | 'internal';

/** Status and title of every refusal. The names belong to the contract: add, never rename. */
export const PROBLEMS: Record<ProblemType, { status: number; title: string }> = {
  'sign-in-required': { status: 401, title: '需要登录' },
  'credentials-wrong': { status: 401, title: '用户名或密码不正确' },
  'body-too-large': { status: 413, title: '内容过大' },
  'body-malformed': { status: 400, title: '内容无法读取' },
  'not-allowed': { status: 403, title: '无权进行此项操作' },
  'password-change-required': { status: 403, title: '需要先修改密码' },
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
  'digest-missing': { status: 409, title: '汇总尚未形成' },
  'not-breached': { status: 422, title: '没有逾期，不能移交' },
  'referred-to-itself': { status: 422, title: '不能移交给其自身' },
  'report-day': { status: 422, title: '日期不在报送范围' },
  'too-many-attempts': { status: 429, title: '尝试次数过多' },
  'outcome-unknown': { status: 503, title: '结果尚未知晓' },
  'not-ready': { status: 503, title: '尚未就绪' },
  'episode-interrupted': { status: 503, title: '过程的运行已中断' },
  internal: { status: 500, title: '内部错误' },
};

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

export const notFound = (what: string): Problem => new Problem('not-found', `没有找到${what}，请核对地址后重试。`);

/** The command may have been carried out. A repeat with the same key tells, and does it at most once. */
export const outcomeUnknown = (): Problem =>
  new Problem('outcome-unknown', '暂时不知道是否已办理，请稍后用同一 Idempotency-Key 重试，不会重复办理。', {
    headers: { 'Retry-After': '5' },
  });

/** A final refusal: nothing was carried out. After any other error the outcome is not known. */
export const isRefusal = (error: unknown): boolean => error instanceof Problem && error.status < 500;
