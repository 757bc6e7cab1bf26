/** Refusals of mail servers. The first row that covers an answer decides. */
import type { Blame } from '../../../episode/faults.js';
import type { Verdict } from './verdict.js';

/** The part of the conversation that was refused. */
export type SmtpStage = 'connect' | 'sender' | 'recipient' | 'text';

interface SmtpVerdict extends Verdict {
  /** The parts in which it means this; anywhere without. */
  at?: readonly SmtpStage[];
  /** The codes with which it means this; any without. */
  code?: RegExp;
}

const RFC5321 = 'RFC 5321, 4.2';
const RFC3463 = 'RFC 3463; IANA, SMTP Enhanced Status Codes';
const NETEASE = '网易邮箱《退信代码说明》 http://help.163.com/09/1224/17/5RAJ4LMH00753VB8.html';
const QQ = 'QQ邮箱《退信代码说明》 https://service.mail.qq.com; https://smtp.codes/qq';
const COREMAIL = 'Coremail 帮助中心《退信》 https://www.icoremail.vip/support/index.php?cate_id=84';
const ALIYUN = '阿里邮箱《退信代码及处理方法》 https://help.aliyun.com/document_detail/36698.html';
const EXCHANGE =
  'https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online';
const POSTFIX = 'Postfix, smtpd(8), postconf(5): https://www.postfix.org/postconf.5.html';

const AT_TEXT = ['text'] as const;
const TO_RECIPIENT = ['recipient', 'text'] as const;
const BEFORE_RECIPIENT = ['connect', 'sender'] as const;
const FOR_GOOD = /^5/;
const FOR_NOW = /^4/;

/** Words say more than codes: each maker uses 550 and 554 for everything. */
const BY_WORDS: readonly SmtpVerdict[] = [
  // The text.
  {
    says: /exceed\w*\s+mail\s?size|message (size|is too|too) ?(long|large|big|exceeds)?.*(limit|long|large|big|maxim)|message file too big|too (large|big)|attachment is too long|邮件(过大|太大|大小超)/i,
    at: ['sender', 'recipient', 'text'],
    code: FOR_GOOD,
    fault: 'text',
    source: `RFC 1870; ${NETEASE}`,
  },
  {
    says: /illegal attachment|virus|malware|病毒|非法附件/i,
    at: AT_TEXT,
    code: FOR_GOOD,
    fault: 'text',
    source: NETEASE,
  },

  // The mailbox of the recipient, for now. First what speaks of the sender's own quota.
  {
    says: /send(ing|er)?\b.{0,20}\bquota|(daily|hourly|tenant|outbound).{0,20}(quota|limit)|send(ing)? count|发信.{0,6}(超|限)/i,
    fault: 'policy',
    source: `${ALIYUN}; ${EXCHANGE}`,
  },
  {
    says: /mailbox\b.{0,20}\bfull|(over|exceed\w*|out of).{0,12}(quota|storage)|quota.{0,12}exceed|storage allocation|(空间|容量)(不足|已满|满)/i,
    at: TO_RECIPIENT,
    fault: 'recipient',
    source: `RFC 5321, 4.2.2 (552); ${COREMAIL}`,
  },
  {
    says: /mailbox unavailable or access denied/i,
    fault: 'recipient',
    source: `${QQ}: 该收件人短时间内收到大量邮件，暂停接收`,
  },
  { says: /gr[ae]y-?\s?list|postgrey/i, fault: 'recipient', source: 'RFC 6647' },
  {
    says: /RESOLVER\.RST|(restricted|not authorized|not permitted|not allowed).{0,30}to (this|the) (recipient|group|mailbox)/i,
    at: TO_RECIPIENT,
    fault: 'recipient',
    source: EXCHANGE,
  },

  // The text, or who sends it: what follows shows which. It names the recipient and is not about his address.
  {
    says: /spam polic|unsolicited|(likely|considered|detected as|marked as|looks like) spam|spam (content|message|mail)\b|内容.{0,6}(垃圾|可疑)/i,
    at: TO_RECIPIENT,
    fault: 'unclear',
    source: `${QQ}: 对方反垃圾策略拒收; https://support.google.com/a/answer/3726730: 5.7.1`,
  },

  // Marks of 网易 and Coremail: XX:YYY.
  {
    says: /\b(HL:(REP|ICC|IFC|MEP|IHU)|MI:(DMC|STC|SFQ|CEL|CCL)|RP:(DRC|RCL|TRC|QRC|CEL|CCL))\b/,
    fault: 'policy',
    source: NETEASE,
  },
  {
    says: /\b(DT:(RBL|SUM)|HL:IPB|WM:(BLI|BLU)|MI:(SPB|SPF|DMA|IMF|NHD)|RP:FRL)\b/,
    fault: 'account',
    source: NETEASE,
  },
  { says: /\bDT:SPM\b/, fault: 'unclear', source: `${NETEASE}: 正文特征或发送环境` },

  // Too many, too fast, distrusted.
  {
    says: /frequen(cy|t)|throttl|too (fast|quick|often)|rate[ -]?(limit|control|exceed)|too (many|much) (mail|message|e-?mail|connection|recipient|recip|rcpt|error|command|auth|fail|session|concurrent|request)|too much fail|concurrent connections?|connections? (limit|from your)|(limit|threshold)\b.{0,30}(exceed|reach)|exceed\w*.{0,40}(limit|threshold|rate|number of)|out of allow|频(率|繁)|过(快|多)|次数|超(过|出).{0,12}(限|上限)/i,
    fault: 'policy',
    source: `${QQ}; ${NETEASE}; ${POSTFIX}: anvil; ${EXCHANGE}: 4.3.2, 4.5.3`,
  },
  {
    says: /AntiSpam|behaviou?r spam|spam (sender|source)|suspected spam|\b(D?RBL|DNSBL|XBL)\b|spamhaus|barracuda|blocked using|(black|block|deny) ?(list|ip)|IP\b.{0,12}(reject|block|denied|hangup|limited)|banned|reputation|client host|垃圾|黑名单/i,
    at: ['connect', 'sender', 'recipient', 'text'],
    fault: 'policy',
    source: `${ALIYUN}; ${NETEASE}; ${POSTFIX}: reject_rbl_client; ${EXCHANGE}: 5.7.606`,
  },

  // The sender and his account.
  {
    says: /arrears|欠费|(account|user|帐号|账号|用户).{0,16}(locked|suspend|disabled|expired|锁定|停用|禁用|冻结|过期)/i,
    at: BEFORE_RECIPIENT,
    fault: 'account',
    source: `RFC 4954; ${ALIYUN}; ${QQ}`,
  },
  {
    says: /relay(ing)?\b.{0,16}(denied|not (permitted|allowed|authori[sz]ed)|prohibit|refuse|reject)|(denied|denies|unable|not (permitted|allowed)|cannot|refused?) to? ?relay|denies relay|rcpthosts|open ?relay|local user only|no smtp MX only/i,
    fault: 'account',
    source: `${POSTFIX}: reject_unauth_destination; ${NETEASE}; ${EXCHANGE}: 5.7.1 Unable to relay`,
  },
  {
    says: /auth(entication|enticate|orization)?\b.{0,20}(require|fail|unsuccess|error|invalid|reject|first|credential)|not authenticated|login (fail|denied)|log in|password|credential|授权码|密码|认证/i,
    fault: 'account',
    source: `RFC 4954; ${QQ}; ${EXCHANGE}: 5.7.3, 5.7.57`,
  },
  {
    says: /mail from\b.{0,30}(must|same|equal|invalid|match|conform)|sender\b.{0,40}(reject|denied|refuse|invalid|not (allowed|owned|permitted|the)|unvalidated|must|verify|mismatch)|not owned by|send as|fake sender|null sender|from address|发件人|host denies the sender|has no permission|no permission/i,
    fault: 'account',
    source: `${POSTFIX}: reject_sender_login_mismatch; ${NETEASE}; ${QQ}; ${ALIYUN}; ${EXCHANGE}: 5.7.60`,
  },
  { says: /\b(SPF|DKIM|DMARC)\b/i, fault: 'account', source: 'RFC 7208, 6376, 7489' },
  { says: /STARTTLS|TLS (is )?required|encryption required/i, fault: 'account', source: 'RFC 3207' },
  { says: /user in blacklist|user suspected/i, fault: 'account', source: NETEASE },

  // The address.
  {
    says: /(user|recipient|mailbox|address|account|member|person|customer|mail user)\b.{0,24}\b(not (found|exist|known|local|listed|recogni[sz]ed)|unknown|unavailable|invalid|disabled|suspended|locked|hangup|does ?n['o]t exist|don['o]t exist|non-?existent|no longer|rejected|not allowed)|(no such|unknown|invalid|unavailable|unrouteable|non-?existent|bad|not a valid|not (our|user of)).{0,24}(user|recipient|mailbox|address|account|customer|person|domain|server|here)|rejected by recipient|recipnotfound|recipient(not| not )found|does ?n['o]t (have an? |exist)|tried to reach|RESOLVER\.ADR|unrout|no mailbox|(用户|收件人|帐号|账号|邮箱|地址).{0,8}(不存在|无效|未开通|禁用|冻结|停用)/i,
    at: TO_RECIPIENT,
    code: FOR_GOOD,
    fault: 'address',
    source: `${RFC5321} (550); ${NETEASE}; ${COREMAIL}; ${QQ}; ${EXCHANGE}: 5.1.1, 5.1.10`,
  },
  {
    says: /host not found|domain (not found|does not exist|unknown)|DNS query/i,
    at: TO_RECIPIENT,
    fault: 'recipient',
    source: COREMAIL,
  },
];

/** By the code alone, where no words decided. Matches `550 5.1.1`. */
const BY_CODE: readonly SmtpVerdict[] = [
  { says: /^5\d\d 5\.1\.(0|[1-6]|10)$/, at: TO_RECIPIENT, fault: 'address', source: RFC3463 },
  { says: /^5\d\d 5\.2\.1$/, at: TO_RECIPIENT, fault: 'address', source: RFC3463 },
  {
    says: /^5\d\d 5\.4\.[14]$/,
    at: TO_RECIPIENT,
    fault: 'address',
    source: `${EXCHANGE}: 5.4.1 Recipient address rejected`,
  },
  { says: /^\d{3} [45]\.1\.[789]$/, fault: 'account', source: RFC3463 },
  { says: /^\d{3} [45]\.2\.[02]$/, at: TO_RECIPIENT, fault: 'recipient', source: RFC3463 },
  { says: /^\d{3} [45]\.(2\.3|3\.4|6\.\d+)$/, code: FOR_GOOD, fault: 'text', source: RFC3463 },
  { says: /^\d{3} [45]\.5\.3$/, fault: 'policy', source: RFC3463 },
  { says: /^\d{3} [45]\.7\.(3|8|9|11|14|57|60|64|139)$/, fault: 'account', source: `${RFC3463}; ${EXCHANGE}` },
  { says: /^\d{3} [45]\.7\.(2\d|[5-7]\d\d)$/, fault: 'policy', source: `${RFC3463}; ${EXCHANGE}` },
  // Whoever closes the connection speaks of all recipients.
  {
    says: /^5\d\d 5\.3\.[02]$/,
    at: ['connect'],
    fault: 'server',
    source: `${RFC3463}: not accepting network messages`,
  },
  { says: /^421 4\.7\.\d+$/, fault: 'policy', source: RFC3463 },
  { says: /^421/, fault: 'server', source: RFC5321 },
  { says: /^4\d\d 4\.(1|2|4)\.\d+$/, at: TO_RECIPIENT, fault: 'recipient', source: RFC3463 },
  { says: /^4\d\d 4\.7\.\d+$/, at: ['recipient'], fault: 'recipient', source: `${RFC3463}; RFC 6647` },
  { says: /^4\d\d 4\.7\.\d+$/, at: AT_TEXT, fault: 'unclear', source: RFC3463 },
  { says: /^454/, at: ['connect'], fault: 'server', source: 'RFC 4954: temporary authentication failure' },
  { says: /^4\d\d 4\.7\.\d+$/, fault: 'policy', source: RFC3463 },
  { says: /^\d{3} [45]\.(3|4|5)\.\d+$/, code: FOR_NOW, fault: 'server', source: RFC3463 },
  { says: /^45[0]/, at: ['recipient'], fault: 'recipient', source: `${RFC5321}: mailbox busy` },
  { says: /^45[2]/, fault: 'server', source: `${RFC5321}: insufficient system storage` },
  { says: /^(501|553)/, at: ['recipient'], fault: 'address', source: `${RFC5321}: mailbox name not allowed` },
  { says: /^(530|534|535|538|526|527)/, fault: 'account', source: `RFC 4954; ${ALIYUN}: 526, 527` },
  { says: /^5/, at: ['sender'], fault: 'account', source: RFC5321 },
  { says: FOR_NOW, at: BEFORE_RECIPIENT, fault: 'server', source: RFC5321 },
  { says: /^5/, at: ['connect'], fault: 'policy', source: `${RFC5321}: 554 no SMTP service here` },
];

export const SMTP_VERDICTS = [...BY_WORDS, ...BY_CODE];

/** `code`: `550 5.1.1`, or `550` alone. `words`: the rest of the answer. */
export function smtpFault(stage: SmtpStage, code: string, words: string): Blame {
  const plain = words.replaceAll(/<[^>]*>|\S+@\S+|https?:\S+/g, ' ');
  const covers = (said: string) => (row: SmtpVerdict) =>
    (row.at?.includes(stage) ?? true) && (row.code?.test(code) ?? true) && row.says.test(said);
  return (BY_WORDS.find(covers(plain)) ?? BY_CODE.find(covers(code)))?.fault ?? 'unclear';
}
