/** Refusals of robots, SMS and voice gateways, and other services asked over HTTP. The first row decides. */
import type { Blame } from '../../../episode/faults.js';
import type { Verdict } from './verdict.js';

const WECOM = '企业微信《全局错误码》 https://developer.work.weixin.qq.com/document/path/90313';
const DINGTALK =
  '钉钉《自定义机器人发送群消息》《服务端API错误码》 https://open.dingtalk.com/document/orgapp/custom-robots-send-group-messages';
const ALIYUN_SMS = '阿里云《短信服务 API 错误码》 https://help.aliyun.com/document_detail/101346.html';
const ALIYUN_VOICE = '阿里云《语音服务 API 错误码》 https://help.aliyun.com/document_detail/112502.html';
const TENCENT_SMS = '腾讯云《短信 API 错误码》 https://cloud.tencent.com/document/api/382/59177';
const TENCENT_OLD = '腾讯云《短信错误码》 https://cloud.tencent.com/document/product/382/3771';
const RFC9110 = 'RFC 9110, 15';

export const WECOM_VERDICTS: readonly Verdict[] = [
  { says: /^(45009|45033|45047)$/, fault: 'policy', source: `${WECOM}: 接口调用、并发调用超过限制` },
  { says: /^(44004|45002|45004|40058|40033|40130)$/, fault: 'text', source: `${WECOM}: 内容为空、过长，参数不合法` },
  { says: /^(-1|6000|50\d{3})$/, fault: 'server', source: `${WECOM}: 系统繁忙，数据版本冲突` },
  {
    says: /^(93000|93004|93008|40001|40014|41001|42001|40008|48002|60020)$/,
    fault: 'account',
    source: `${WECOM}: 机器人不在群内、地址无效、停用、IP 不在白名单`,
  },
];

export const DINGTALK_VERDICTS: readonly Verdict[] = [
  { says: /^(130101|410100|88|90002|90018|90006)$/, fault: 'policy', source: `${DINGTALK}: 发送速度太快而限流` },
  {
    says: /^(43010[1-4]|460101|40035|400105)$/,
    fault: 'text',
    source: `${DINGTALK}: 不安全的外链，不合适的文字、图片、内容，超长`,
  },
  { says: /^(-1|15|33001|450101)$/, fault: 'server', source: `${DINGTALK}: 系统繁忙` },
  {
    says: /^(310000|300001|300005|400013|400101|400102|400106|40014|43004|404)$/,
    fault: 'account',
    source: `${DINGTALK}: 关键词、签名、IP 不符，token 不存在，机器人停用或不存在，群已解散`,
  },
];

/** Codes first. Generic words cover the gateways of provinces and operators, whose codes nobody publishes. */
export const GATEWAY_VERDICTS: readonly Verdict[] = [
  {
    says: /MOBILE_NUMBER_ILLEGAL|(CALLED|PHONE)_?NUMBER_ILLEGAL|MOBILE_(SEND|NUMBER)_?INVALID|INVALID_?(MOBILE|PHONE)/i,
    fault: 'address',
    source: `${ALIYUN_SMS}; ${ALIYUN_VOICE}`,
  },
  {
    says: /IncorrectPhoneNumber|PhoneNumberParseFail|PhoneNumberInBlacklist|^101[56]$/,
    fault: 'address',
    source: `${TENCENT_SMS}; ${TENCENT_OLD}`,
  },
  { says: /MOBILE_IN_BLACK|BLACK_?LIST.*MOBILE/i, fault: 'address', source: ALIYUN_SMS },
  {
    says: /BUSINESS_LIMIT_CONTROL|LimitExceeded\.PhoneNumber|^102[3-6]$/,
    fault: 'recipient',
    source: `${ALIYUN_SMS}; ${TENCENT_SMS}: 单个手机号的频率`,
  },
  {
    says: /BLACK_KEY_CONTROL_LIMIT|SMS_CONTENT_ILLEGAL|PARAM_LENGTH_LIMIT|ContainSensitiveWord|ContentLengthLimit|TemplateParameterLengthLimit|^(1002|1017|1036)$/,
    fault: 'text',
    source: `${ALIYUN_SMS}; ${TENCENT_SMS}; ${TENCENT_OLD}`,
  },
  {
    says: /(DAY|MONTH|HOUR|MINUTE)_LIMIT|Throttling|LimitExceeded|RequestLimitExceeded|FLOW_?LIMIT|^(1013|1022|1047)$/i,
    fault: 'policy',
    source: `${ALIYUN_SMS}; ${TENCENT_SMS}; ${TENCENT_OLD}`,
  },
  {
    says: /OUT_OF_SERVICE|AMOUNT_NOT_ENOUGH|ACCOUNT_|PRODUCT_UN|TEMPLATE_|SIGN(ATURE)?_|SIGN_NAME|RAM_PERMISSION|PERMISSION_DENY|SMS_TEST_|AccessKey|SignatureDoesNotMatch|DENY_IP|EXTEND_CODE|DISPLAY_?NUMBER|PARAM_NOT_SUPPORT_URL|FORBIDDEN/i,
    fault: 'account',
    source: `${ALIYUN_SMS}; ${ALIYUN_VOICE}`,
  },
  {
    says: /InsufficientBalance|AuthFailure|UnauthorizedOperation|SignatureIncorrect|TemplateIncorrect|MissingSignature|SdkAppId|^(1001|1003|1004|1006|1009|1011|1012|1014|1019|1020|1021|1029|103[0-4]|1048)$/,
    fault: 'account',
    source: `${TENCENT_SMS}; ${TENCENT_OLD}`,
  },
  {
    says: /SYSTEM_ERROR|InternalError|GATEWAY_ERROR|ServiceUnavailable|^(1007|1008|60008)$/i,
    fault: 'server',
    source: `${ALIYUN_SMS}; ${TENCENT_SMS}`,
  },

  // Words, the narrower first. A telephone that is switched off or cut off for arrears is its owner's matter, for now.
  {
    says: /(号码|手机|被叫|终端|目标).{0,8}(停机|关机|欠费|不在服务区|无法接通|暂停)/,
    fault: 'recipient',
    source: '短信网关的通用说法',
  },
  {
    says: /余额|欠费|停机|套餐|充值|(条数|数量).{0,4}不足|剩余.{0,6}不足|balance|insufficient fund|arrears/i,
    fault: 'account',
    source: '短信网关的通用说法',
  },
  {
    says: /(号码|手机|mobile|phone|number).{0,16}(频|次数|上限|超过|limit|frequen|too many)|(同一|单个)(号码|手机)/i,
    fault: 'recipient',
    source: '短信网关的通用说法',
  },
  {
    says: /(号码|手机|mobile|phone|destination|msisdn|called).{0,16}(错误|无效|非法|有误|格式|不正确|不合法|空号|停机|黑名单|退订|为空|不存在|invalid|illegal|incorrect|wrong|blacklist|unknown)|(invalid|illegal|incorrect|wrong|bad).{0,12}(mobile|phone|number|destination|msisdn)|空号/i,
    fault: 'address',
    source: '短信网关的通用说法',
  },
  {
    // Every message has a link: the gateway has to be told of its domain.
    says: /(链接|网址|域名|url).{0,10}(报备|备案|不支持|未|不允许|禁止|白名单)|(不支持|不允许|禁止|未报备).{0,6}(链接|网址|域名|url)/i,
    fault: 'account',
    source: `${ALIYUN_SMS}: PARAM_NOT_SUPPORT_URL; 短信网关的通用说法`,
  },
  {
    says: /敏感|违禁|关键[字词]|屏蔽词|非法词|内容.{0,8}(非法|违规|过长|超长|为空)|字数.{0,6}(超|过|限)|sensitive|forbidden word|content.{0,12}(illegal|too long)/i,
    fault: 'text',
    source: '短信网关的通用说法',
  },
  {
    says: /频|并发|(速度|提交|发送).{0,4}(过快|太快)|流控|限流|限制|上限|超过.{0,6}(量|数|限)|too many|too fast|frequen|throttl|rate.?limit|exceed|quota/i,
    fault: 'policy',
    source: '短信网关的通用说法',
  },
  {
    says: /签名|鉴权|认证|验证失败|密钥|密码|账号|帐号|账户|白名单|权限|未授权|未开通|未启用|停用|禁用|冻结|锁定|扩展[码号]|报备|appid|模板|过期|unauthori[sz]ed|forbidden|denied|auth|password|signature|token|api ?key|whitelist|permission|account|template/i,
    fault: 'account',
    source: '短信网关的通用说法',
  },
  {
    says: /系统|网关.{0,4}(异常|错误|故障)|重试|繁忙|超时|稍后|维护|busy|timeout|time out|unavailable|internal|maintenance|try again/i,
    fault: 'server',
    source: '短信网关的通用说法',
  },
];

/** Of a reply that says no more than its status. */
export const HTTP_VERDICTS: readonly Verdict[] = [
  { says: /^429$/, fault: 'policy', source: 'RFC 6585, 4' },
  { says: /^(401|402|403|404|405|407|451)$/, fault: 'account', source: RFC9110 },
  { says: /^(3\d\d|408|421|425|5\d\d)$/, fault: 'server', source: `${RFC9110}; RFC 8470` },
];

/** Of an endpoint that speaks Standard Webhooks: it judges the message itself. */
export const WEBHOOK_VERDICTS: readonly Verdict[] = [
  {
    says: /^410$/,
    fault: 'address',
    source: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md',
  },
  { says: /^(400|409|413|415|422)$/, fault: 'text', source: RFC9110 },
  ...HTTP_VERDICTS,
];

/** By the first of the sayings that a row covers: a code before words. */
export function faultBy(rows: readonly Verdict[], ...sayings: ReadonlyArray<string | undefined>): Blame {
  for (const said of sayings) {
    const row = said && rows.find(({ says }) => says.test(said));
    if (row) return row.fault;
  }
  return 'unclear';
}
