/** The pages that an officer sees on a phone behind an acknowledgement link. */

import type { PlainPage } from '../http/page.js';
import type { Matter, OpenMatter } from './link-subject.js';

const HEAD = `{{#drill}}<p class="drill">【演练】本页用于应急演练，不是真实预警</p>{{/drill}}
<p class="small">重污染天气应急响应 · {{unitName}}</p>`;

const FOOT = `{{#officePhone}}<p class="small">区环委办值班室：{{officeDuty}} <a href="tel:{{officePhone}}">{{officePhone}}</a></p>{{/officePhone}}
`;

const BUTTON = `<form method="post">
<input type="hidden" name="seen" value="{{seen}}">
<button type="submit">确认收到</button>
</form>`;

const OPEN = `${HEAD}
{{#response}}<p class="level {{level}}">{{levelName}}</p>
<h1>请确认收到预警通知</h1>{{/response}}
{{^response}}<h1>请确认收到解除通知</h1>{{/response}}
{{#isNew}}<p class="remark">刚刚又收到新的通知，尚未确认。请看过以下内容后再点“确认收到”。</p>{{/isNew}}
{{#isLate}}<p class="remark">已超过确认时限，请立即确认，将记为逾期确认。</p>{{/isLate}}
<dl>
<div><dt>通知</dt>{{#notices}}<dd>{{name}}</dd>{{/notices}}</div>
<div><dt>确认时限</dt><dd>{{dueAt}}前</dd></div>
{{#response}}<div><dt>你单位的任务</dt><dd>{{tasks}}项</dd></div>{{/response}}
</dl>
${BUTTON}
<p class="small">确认即表示本单位已收到上述通知（预案{{clause}}）。{{#response}}任务内容和后续报送见通知邮件，或登录系统办理。{{/response}}{{^response}}请通知企业、工地、学校等恢复正常，后续报送见通知邮件。{{/response}}</p>
`;

const ACKNOWLEDGED = `${HEAD}
<h1>通知已确认</h1>
<p class="done">已确认：{{at}}</p>
{{#wasLate}}<p class="remark">已超过确认时限，记为逾期确认。</p>{{/wasLate}}
<dl><div><dt>通知</dt><dd>{{notice}}</dd></div></dl>
{{#isLifting}}<p>预警解除，无需再次确认。请通知企业、工地、学校等恢复正常；每日报送和工作总结尚未完成的，请登录系统办理。</p>{{/isLifting}}
{{^isLifting}}<p>无需再次确认。{{#pauses}}应急响应在你单位暂停，恢复后再按通知落实。{{/pauses}}{{^pauses}}请按通知落实应急措施并按时报送，登录系统办理。{{/pauses}}</p>{{/isLifting}}
`;

const ENDED = `${HEAD}
<h1>预警已解除</h1>
{{#withoutResponse}}<p>应急响应没有启动，通知不再需要确认，也不需要报送。</p>{{/withoutResponse}}
{{^withoutResponse}}<p>应急响应已终止（预案{{clause}}），通知不再需要确认。</p>
<p>每日报送和工作总结尚未完成的，请登录系统办理。</p>{{/withoutResponse}}
`;

const ABANDONED = `${HEAD}
<h1>演练已自动结束</h1>
<p>长期无人操作，记录已归档，不再需要确认和报送。</p>
`;

const NOTHING_ASKED = `${HEAD}
<h1>目前没有需要确认的通知</h1>
<p>如有疑问，请致电区生态环境保护委员会办公室。</p>
`;

const EXPIRED = `<h1>链接已过期</h1>
<p>为安全起见，确认链接只在通知发出后72小时内有效。打开本页没有作任何确认。</p>
<p>请登录系统确认，或致电区生态环境保护委员会办公室。</p>
`;

const INVALID = `<h1>链接无效</h1>
<p>可能没有复制完整。请回到短信或邮件中重新点开链接。</p>
<p>仍打不开的，请登录系统确认，或致电区生态环境保护委员会办公室。</p>
`;

const TOO_MANY = `<h1>请稍后再试</h1>
<p>无效的链接打开次数过多，请15分钟后再试。</p>
<p>需要立即确认的，请登录系统确认，或致电区生态环境保护委员会办公室。</p>
`;

const UNKNOWN = `${HEAD}
<h1>暂时不知道是否已确认</h1>
<p class="remark">暂时不知道是否已确认，请稍后再点一次。重复点不会重复确认。</p>
${BUTTON}
<p class="small">多次仍不成功的，请致电区生态环境保护委员会办公室。</p>
`;

const FAILED = `<h1>系统暂时出错</h1>
<p>请稍后重新点开链接，重复操作不会重复确认。</p>
<p>仍不成功的，请登录系统确认，或致电区生态环境保护委员会办公室。</p>
`;

const PAGES: Record<Matter['kind'], { title: string; template: string }> = {
  open: { title: '确认收到通知', template: OPEN },
  acknowledged: { title: '已确认', template: ACKNOWLEDGED },
  ended: { title: '预警已解除', template: ENDED },
  abandoned: { title: '演练已自动结束', template: ABANDONED },
  'nothing-asked': { title: '没有需要确认的通知', template: NOTHING_ASKED },
};

/** `isNew`: another notice came after the page was opened. */
export function matterPage(matter: Matter, status = 200, isNew = false): PlainPage {
  const { title, template } = PAGES[matter.kind];
  const view = matter.kind === 'open' ? { ...matter, isNew, seen: seenIn(matter) } : matter;
  return { status, title: marked(title, matter), template: template + FOOT, view };
}

/** The last notice on the page, which the button sends back. */
export const seenIn = ({ notices }: OpenMatter): string => notices.at(-1)!.noticeId;

export const unknownPage = (matter: OpenMatter): PlainPage => ({
  status: 503,
  title: marked('暂时不知道是否已确认', matter),
  template: UNKNOWN + FOOT,
  view: { ...matter, seen: seenIn(matter) },
  headers: { 'Retry-After': '5' },
});

const marked = (title: string, { drill }: Matter): string => `${drill ? '【演练】' : ''}${title}`;

export const expiredPage: PlainPage = { status: 410, title: '链接已过期', template: EXPIRED };
export const invalidPage: PlainPage = { status: 404, title: '链接无效', template: INVALID };
export const failedPage: PlainPage = { status: 500, title: '系统暂时出错', template: FAILED };

export const tooManyPage = (seconds: number): PlainPage => ({
  status: 429,
  title: '请稍后再试',
  template: TOO_MANY,
  headers: { 'Retry-After': String(seconds) },
});
