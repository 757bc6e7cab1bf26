import { route } from '../http/route.js';

const EVERY_ROLE = { office: 'any', supervisor: 'any', administrator: 'any', unit: 'any' } as const;

const DESCRIPTION = `
事件只说有变化，不带内容：收到后重新读取。每个事件的 data 是 JSON。

- \`episodes\` \`{"episodes": [{"episodeId", "seq"}]}\`：所有可见过程的最后一条记录的编号。连接后发一次；通知可能有遗漏时再发，
  这时编号有变的，和 \`changed\` 所说的各项，都应重新读取。责任单位只见参加的过程；管理员没有。
- \`episode\` \`{"episodeId", "seq"}\`：有新的记录，编号到 seq；每秒最多 4 次。责任单位只收到与本单位或整个过程有关的。
- \`changed\` \`{"what"}\`：不在记录中的变化。channels 渠道是否正常；interruptions 运行是否中断；people 联系人和值班表；revisions 评估要求的修订。
- \`tick\` \`{"at"}\`：每 15 秒一次，服务器的时间。40 秒没有收到的，连接已断，请重新连接。
- \`ended\` \`{"reason"}\`：signed-out 已退出登录或登录已过期；restart 系统正在停止，请重新连接。

例：\`event: episode\\ndata: {"episodeId":"6f1c…","seq":128}\`
`;

/** What has changed, for whoever is signed in. The answer goes on until one of the two ends it. */
export const eventRoutes = [
  route({
    method: 'get',
    path: '/api/v1/events',
    summary: '实时通知（server-sent events）：哪些过程有了新的记录',
    description: DESCRIPTION,
    access: EVERY_ROLE,
    streams: true,
    answers: { 200: ['text/event-stream'] },
    async handle({ context: { events, sessions }, account, request }) {
      return { status: 200, stream: await events.open({ account, isSignedIn: sessions.releasedFrom(request) }) };
    },
  }),
];
