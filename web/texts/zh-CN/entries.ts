/** What each kind of entry says, in words. `data` is the entry's own; names are filled in by entry-words.ts. */
type Data = Record<string, unknown>;

const LEVELS: Record<string, string> = { yellow: '黄色', orange: '橙色', red: '红色' };
const DEADLINES: Record<string, string> = {
  acknowledgement: '确认收到',
  lifting: '解除确认',
  implementation: '落实情况',
  report: '日报',
  task: '任务',
  summary: '总结',
  circular: '确认通报',
  measures: '答复通报',
  'follow-up': '信息报送',
  review: '总结评估',
};
const WHOM: Record<string, string> = {
  duty: '值班人员',
  lead: '负责人',
  office: '办公室',
  committee: '区环委会',
  supervisor: '监督问责',
  city: '市环委办',
};
const OUTCOMES: Record<string, string> = {
  reached: '已通话',
  'no-answer': '无人接听',
  'wrong-number': '号码不对',
  refused: '拒绝',
};
const WITHDRAWN: Record<string, string> = {
  answered: '对方已办',
  passed: '时限已过',
  ended: '事项已终止',
  repeated: '后一条消息已说明',
  'no-receipt': '一天内没有回执，视为送到',
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const level = (value: unknown): string => LEVELS[text(value)] ?? text(value);
const count = (value: unknown): number => (Array.isArray(value) ? value.length : 0);
const late = (data: Data): string => (data.late === true ? '（逾期）' : '');
const circular = (data: Data): string => (data.circularTitle ? `“${text(data.circularTitle)}”` : text(data.circularId));
const about = (data: Data): string =>
  `${text(data.date)}${DEADLINES[text(data.deadline)] ?? text(data.deadline)}${data.taskId ? `“${text(data.taskId)}”` : circular(data)}`;
const steps = (data: Data): string =>
  (Array.isArray(data.deadlines) ? (data.deadlines as Data[]) : []).map(about).join('、');
const number = (data: Data): string => text(data.noticeNumber) || text(data.noticeId);

const RESTORED: Record<string, string> = {
  completed: '由流程引擎的历史补全',
  'begun-again': '由台账接着运行',
  'from-backup': '由备份恢复，其后答复过而台账和引擎都没有的事项无从得知',
};
const restored = (data: Data): string => {
  const { attachments, papers, people } = { attachments: 0, papers: 0, people: 0, ...(data.missing as object) };
  const lost = [
    [attachments, '个附件的登记'],
    [papers, '份报送文件'],
    [people, '处个人信息'],
  ].flatMap(([n, what]) => (n ? [`${n}${what}`] : []));
  const backup = data.backupOf ? `（备份于${text(data.backupOf).slice(0, 16).replace('T', ' ')}）` : '';
  const missing = lost.length > 0 ? `；其中所记的${lost.join('、')}已不在库中` : '';
  return `第${String(data.firstSeq)}至${String(data.lastSeq)}条${RESTORED[text(data.how)] ?? ''}${backup}${missing}`;
};

export const entryTexts: Record<string, { name: string; says: (data: Data) => string }> = {
  'warning.issued': {
    name: '启动预警',
    says: (data) =>
      `按${text((data.notice as Data | undefined)?.number) || '通知'}启动${level(data.level ?? data.cityLevel)}预警`,
  },
  'response.started': { name: '响应启动', says: (data) => `${level(data.level)}预警的应急响应生效` },
  'level.adjusted': {
    name: '调整级别',
    says: (data) => `由${level(data.previousLevel)}调整为${level(data.level ?? data.cityLevel)}`,
  },
  'response.adjusted': {
    name: '响应调整',
    says: (data) => `应急响应由${level(data.previousLevel)}改为${level(data.level)}`,
  },
  'notice.numbered': { name: '补录文号', says: (data) => `${text(data.noticeId)}的文号为${text(data.number)}` },
  'suspension.ordered': {
    name: '下达暂停',
    says: (data) => `${data.items === 'all' ? '整个应急响应' : `${count(data.items)}项措施`}暂停：${text(data.reason)}`,
  },
  'response.suspended': { name: '暂停开始', says: () => '暂停开始执行' },
  'response.resumed': { name: '恢复执行', says: (data) => (data.cancelled ? '取消尚未开始的暂停' : '恢复执行') },
  'warning.lifted': {
    name: '解除预警',
    says: (data) => `按${text((data.notice as Data | undefined)?.number) || '通知'}解除预警`,
  },
  'response.cancelled': { name: '响应取消', says: () => '应急响应没有启动' },
  'response.ended': { name: '响应终止', says: () => '应急响应终止' },
  'end.asked': { name: '询问下一步', says: () => '预计结束时间已到，请办公室决定解除、延长或调整' },
  'unit.notified': { name: '通知', says: (data) => `发出${number(data)}的通知` },
  'unit.suspended': { name: '告知暂停', says: () => '告知暂停' },
  'unit.resumed': { name: '告知恢复', says: () => '告知恢复执行' },
  'unit.added': { name: '增加单位', says: (data) => `${text(data.name)}纳入本次过程` },
  'unit.acknowledged': {
    name: '确认收到',
    says: (data) =>
      `确认收到${Array.isArray(data.noticeNumbers) ? data.noticeNumbers.join('、') : ''}${count(data.lateFor) > 0 ? '（逾期）' : ''}`,
  },
  'unit.called': {
    name: '打电话',
    says: (data) =>
      `电话：${OUTCOMES[text(data.outcome)] ?? text(data.outcome)}${data.note ? `，${text(data.note)}` : ''}`,
  },
  'unit.urged': {
    name: '催办',
    says: (data) => `催办${steps({ deadlines: data.about })}${data.text ? `：${text(data.text)}` : ''}`,
  },
  'unit.referred': {
    name: '移交',
    says: (data) => `移交${WHOM[text(data.to)] ?? text(data.to)}：${text(data.reason)}`,
  },
  'breach.explained': {
    name: '逾期原因',
    says: (data) => `说明${about(data.about as Data)}逾期的原因：${text(data.reason)}`,
  },
  'circular.issued': {
    name: '发出通报',
    says: (data) =>
      `${data.origin === 'city' ? '转发市环委办通报' : '发出通报'}“${text(data.title)}”，${count(data.unitIds)}个单位`,
  },
  'circular.sent': { name: '送达通报', says: (data) => `收到通报${circular(data)}` },
  'circular.acknowledged': { name: '确认通报', says: (data) => `确认收到通报${text(data.circularId)}${late(data)}` },
  'circular.missed': { name: '未确认通报', says: (data) => `没有在时限内确认通报${circular(data)}` },
  'circular.answered': {
    name: '答复通报',
    says: (data) =>
      `${data.corrects ? '更正对' : '答复'}通报${text(data.circularId)}${data.corrects ? '的答复' : ''}${late(data)}：${text(data.text)}`,
  },
  'measures.missed': { name: '未答复通报', says: (data) => `没有在时限内答复通报${circular(data)}` },
  'circular.closed': {
    name: '通报办结',
    says: (data) => `通报${text(data.circularId)}办结${data.note ? `：${text(data.note)}` : ''}`,
  },
  'acknowledgement.missed': { name: '未确认', says: () => '没有在时限内确认收到' },
  'lifting.missed': { name: '未确认解除', says: () => '没有在时限内确认解除' },
  'implementation.reported': {
    name: '落实情况',
    says: (data) => `报送落实情况${count(data.lateFor) > 0 ? '（逾期）' : ''}：${text(data.text)}`,
  },
  'implementation.missed': { name: '未报落实', says: () => '没有在时限内报送落实情况' },
  'task.assigned': {
    name: '下达任务',
    says: (data) => `下达${count(data.tasks)}项任务${count(data.ended) > 0 ? `，终止${count(data.ended)}项` : ''}`,
  },
  'task.added': { name: '增加任务', says: (data) => `增加任务${data.text ? `：${text(data.text)}` : ''}` },
  'task.cancelled': {
    name: '撤销任务',
    says: (data) => `撤销任务“${text(data.taskId)}”${data.reason ? `：${text(data.reason)}` : ''}`,
  },
  'task.progressed': { name: '任务进展', says: (data) => `任务进展：${text(data.note)}` },
  'task.completed': {
    name: '完成任务',
    says: (data) => `完成任务“${text(data.taskId)}”${late(data)}${data.note ? `：${text(data.note)}` : ''}`,
  },
  'task.withdrawn': { name: '撤回完成', says: (data) => `撤回“${text(data.taskId)}”的完成：${text(data.reason)}` },
  'task.not-applicable': { name: '不涉及', says: (data) => `“${text(data.taskId)}”不涉及：${text(data.reason)}` },
  'task.applicable': { name: '撤回不涉及', says: (data) => `撤回“${text(data.taskId)}”的不涉及：${text(data.reason)}` },
  'task.missed': { name: '任务逾期', says: (data) => `没有在时限内完成“${text(data.taskId)}”` },
  'report.submitted': { name: '日报', says: (data) => `报送${text(data.date)}日报${late(data)}` },
  'report.corrected': { name: '更正日报', says: (data) => `更正${text(data.date)}日报` },
  'report.missed': { name: '缺日报', says: (data) => `没有在时限内报送${text(data.date)}日报` },
  'problem.settled': { name: '问题整改', says: (data) => `问题已整改${data.note ? `：${text(data.note)}` : ''}` },
  'summary.submitted': { name: '总结', says: (data) => `${data.corrects ? '更正' : '报送'}总结${late(data)}` },
  'summary.missed': { name: '缺总结', says: () => '没有在时限内报送总结' },
  'deadline.withdrawn': { name: '时限取消', says: (data) => `${about(data)}不再要求` },
  'deadline.reopened': { name: '时限恢复', says: (data) => `${about(data)}的时限继续计算` },
  'deadline.reminded': { name: '提醒', says: (data) => `提醒${WHOM[text(data.to)] ?? ''}：${steps(data)}` },
  'deadline.escalated': {
    name: '升级催办',
    says: (data) => `升级催办，告知${WHOM[text(data.to)] ?? ''}：${steps(data)}`,
  },
  'digest.compiled': {
    name: '每日汇总',
    says: (data) => `形成${text(data.date)}汇总：已报${String(data.submitted)}个单位，未报${count(data.outstanding)}个`,
  },
  'digest.reminded': { name: '提醒上报', says: (data) => `提醒上报${text(data.date)}全区情况` },
  'digest.submitted': {
    name: '上报汇总',
    says: (data) => `${data.corrects ? '更正' : '上报'}${text(data.date)}全区情况`,
  },
  'text.issued': {
    name: '印发',
    says: (data) =>
      `${data.audience === 'units' ? '印发' : '发布'}《${text(data.title)}》${Number(data.version) > 1 ? `（第${String(data.version)}版）` : ''}`,
  },
  'broadcast.repeated': { name: '滚动播发', says: () => '向公共媒体再次播发预警信息' },
  'broadcast.ended': { name: '停止播发', says: () => '告知公共媒体预警已解除，停止滚动播发' },
  'statement.issued': {
    name: '回应公众',
    says: (data) =>
      `${data.about === 'rumour' ? '澄清不实信息' : '回应关切'}：《${text(data.title)}》${data.corrects ? '（更正）' : ''}`,
  },
  'appearance.noted': { name: '登记发布', says: (data) => `登记“${text(data.medium)}”发布（${text(data.textId)}）` },
  'response.evaluated': { name: '效果评估', says: (data) => `评估：${text(data.text)}` },
  'follow-up.submitted': { name: '信息报送', says: (data) => `向市环委办报送信息${late(data)}` },
  'follow-up.missed': { name: '信息未报', says: () => '没有在时限内报送信息' },
  'review.saved': { name: '总结评估', says: () => '保存总结评估' },
  'review.published': { name: '发布评估', says: (data) => `发布总结评估${late(data)}` },
  'review.handed-over': {
    name: '转入跟踪',
    says: (data) =>
      `转入跟踪：修订${text(data.revisions)}项，问题${text(data.problems)}个，通报${text(data.circulars)}件，移交${text(data.referrals)}件`,
  },
  'review.missed': { name: '评估逾期', says: () => '没有在时限内完成总结评估' },
  'message.resent': { name: '重发', says: () => '重发一条消息' },
  'notification.sent': { name: '已发出', says: (data) => `消息已由${text(data.channel)}发出` },
  'notification.failed': { name: '发送失败', says: (data) => `消息没有发出：${text(data.reason)}` },
  'notification.delivered': { name: '已送达', says: () => '网关回执：已送达' },
  'notification.undelivered': { name: '未送达', says: (data) => `网关回执：未送达，${text(data.reason)}` },
  'notification.deferred': { name: '稍后再发', says: (data) => `${count(data.messages)}条消息稍后再发` },
  'notification.withdrawn': {
    name: '不再发送',
    says: (data) => `${count(data.messages)}条消息不再发送：${WITHDRAWN[text(data.reason)] ?? ''}`,
  },
  'drill.abandoned': { name: '演练中止', says: () => '长时间无人操作，演练中止' },
  'episode.closed': { name: '归档', says: () => '过程结束，归档' },
  'record.restored': { name: '记录恢复', says: restored },
};
