/** The answers of the services that offices use, as published, and whose fault each is. */
import { describe, expect, test } from '@jest/globals';
import type { Blame } from '../../../episode/faults.js';
import { DINGTALK_VERDICTS, faultBy, GATEWAY_VERDICTS, WEBHOOK_VERDICTS, WECOM_VERDICTS } from './service-verdicts.js';
import { SMTP_VERDICTS, type SmtpStage, smtpFault } from './smtp-verdicts.js';

const ANSWERS: Array<[Blame, SmtpStage, string]> = [
  // 网易 163, 126 and its servers for offices
  ['policy', 'connect', '421 HL:IFC 223.1.1.1,1 http://mail.163.com/help/help_spam_16.htm'],
  ['policy', 'connect', '421 HL:ICC 223.1.1.1'],
  ['policy', 'text', '450 MI:DMC 163 smtp1,1'],
  ['policy', 'sender', '451 MI:SFQ 163 smtp1'],
  ['policy', 'recipient', '550 RP:TRC 163 smtp1'],
  ['policy', 'text', '554 MI:STC 163 smtp1'],
  ['policy', 'recipient', '550 Requested mail action not taken: too much recipient'],
  ['policy', 'connect', '451 Requested mail action not taken: too much fail authentication'],
  ['unclear', 'text', '554 DT:SPM 163 smtp2,Ab,1448600000 http://mail.163.com/help/help_spam_16.htm'],
  ['account', 'text', '554 DT:SUM 163 smtp1'],
  ['account', 'sender', '550 User has no permission'],
  ['account', 'connect', '550 User has no permission'],
  ['account', 'connect', '535 Error: authentication failed'],
  ['account', 'sender', '553 Mail from must equal authorized user'],
  ['account', 'recipient', '553 Requested action not taken: Local user only'],
  ['account', 'recipient', '553 authentication is required'],
  ['address', 'recipient', '550 Invalid User: liaison@163.com'],
  ['address', 'recipient', '550 User suspended'],
  ['address', 'recipient', '550 User not found: liaison@163.com'],
  ['text', 'text', '552 Requested mail action aborted: exceeded mailsize limit'],
  // QQ and 腾讯企业邮
  [
    'policy',
    'recipient',
    '550 Ip frequency limited. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725',
  ],
  ['policy', 'recipient', '550 Connection frequency limited'],
  ['policy', 'text', '550 Sender frequency limited'],
  ['policy', 'recipient', '550 Suspected spam sender'],
  ['account', 'sender', '501 mail from address must be same as authorization user'],
  ['account', 'connect', '535 Login Fail. Please enter your authorization code to login.'],
  ['account', 'text', '550 DMARC check failed'],
  ['address', 'recipient', '550 Mailbox not found. http://service.mail.qq.com/'],
  ['address', 'recipient', '550 Mail is rejected by recipients'],
  ['recipient', 'recipient', '550 Mailbox unavailable or access denied'],
  ['address', 'recipient', '501 Bad address syntax'],
  // 阿里企业邮, 阿里云邮件推送
  ['policy', 'text', '554 Reject by behaviour spam at Data State(Connection IP address:1.2.3.4)ANTISPAM_BAT'],
  ['policy', 'text', '552 sending quota exceeded'],
  ['account', 'sender', "440 mail from account doesn't conform with authentication"],
  ['account', 'connect', '526 Authentication failure[0]'],
  ['address', 'recipient', '550 user not exist'],
  // Exchange, Outlook
  ['policy', 'connect', '421 4.3.2 Service not available, too many connections'],
  ['policy', 'sender', '432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending'],
  ['policy', 'recipient', '452 4.5.3 Too many recipients'],
  ['policy', 'sender', '550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP'],
  ['account', 'text', '554 5.2.252 SendAsDenied; office@city.example not allowed to send as duty@city.example'],
  ['account', 'sender', '550 5.7.60 SMTP; Client does not have permissions to send as this sender'],
  ['account', 'connect', '535 5.7.3 Authentication unsuccessful'],
  ['account', 'sender', '530 5.7.57 Client not authenticated to send mail'],
  ['account', 'recipient', '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain'],
  ['address', 'recipient', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'],
  ['address', 'recipient', '550 5.4.1 Recipient address rejected: Access denied'],
  ['recipient', 'text', '552 5.2.2 mailbox full'],
  ['recipient', 'recipient', '550 5.7.1 RESOLVER.RST.AuthRequired; authentication required'],
  ['text', 'text', '552 5.3.4 Message size exceeds fixed maximum message size'],
  // Postfix, Coremail and others
  [
    'recipient',
    'recipient',
    '450 4.2.0 <liaison@unit.example>: Recipient address rejected: Greylisted, see http://postgrey.example',
  ],
  ['recipient', 'recipient', '450 4.7.1 <liaison@unit.example>: try again later'],
  ['recipient', 'recipient', '452 4.2.2 The email account that you tried to reach is over quota'],
  ['recipient', 'recipient', '450 mailbox busy'],
  ['recipient', 'recipient', '450 4.1.2 <a@b.example>: Recipient address rejected: Domain not found'],
  ['policy', 'sender', '450 4.7.1 Error: too much mail from 10.0.0.1'],
  ['policy', 'connect', '421 4.7.0 mx Error: too many connections from 10.0.0.1'],
  ['policy', 'recipient', '554 5.7.1 Service unavailable; Client host [10.0.0.1] blocked using zen.spamhaus.org'],
  ['policy', 'text', '550 RBL: listed'],
  ['policy', 'text', '554 5.7.1 too many messages in this connection'],
  ['account', 'recipient', '554 5.7.1 <liaison@unit.example>: Relay access denied'],
  ['account', 'recipient', '454 4.7.1 <liaison@unit.example>: Relay access denied'],
  ['account', 'recipient', '553 5.7.1 <duty@city.example>: Sender address rejected: not owned by user office'],
  ['account', 'sender', '530 5.7.0 Must issue a STARTTLS command first'],
  ['account', 'sender', '501 5.1.7 Bad sender address syntax'],
  ['account', 'sender', '553 sender is not the account'],
  [
    'address',
    'recipient',
    '550 5.1.1 <liaison@unit.example>: Recipient address rejected: User unknown in virtual mailbox table',
  ],
  ['address', 'recipient', '550 No such user here'],
  ['address', 'recipient', '550 5.1.1 nobody'],
  ['address', 'recipient', '553 5.1.3 bad'],
  ['server', 'connect', '421 Service not available, closing transmission channel'],
  ['server', 'text', '452 4.3.1 Insufficient system storage'],
  ['server', 'text', '451 4.3.0 queue file write error'],
  ['server', 'connect', '454 4.7.0 Temporary failure'],
  ['policy', 'recipient', '421 4.7.0 [TS01] Messages deferred'],
  // What names the recipient and is not his address: another message shows whose fault it is.
  ['unclear', 'text', '550 Mail is rejected by recipients spam policy http://service.mail.qq.com/detail/122/82'],
  ['unclear', 'text', '550 5.7.1 Our system has detected that this message is likely unsolicited mail'],
  ['account', 'connect', '525 5.7.1 account is locked'],
  ['account', 'connect', '550 Suspended due to arrears'],
  ['server', 'connect', '554 5.3.2 System not accepting network messages'],
  ['unclear', 'text', '451 4.7.1 later'],
  ['unclear', 'text', '554 Transaction failed'],
  ['unclear', 'recipient', '550 no thanks'],
  ['unclear', 'text', '451 something else'],
];

test.each(ANSWERS)('%s: at %s, %s', (fault, stage, answer) => {
  const [, code = '', words = ''] = /^(\d{3}(?: \d\.\d{1,3}\.\d{1,3}\b)?)(.*)$/s.exec(answer)!;
  expect(smtpFault(stage, code, words)).toBe(fault);
});

test('the words of an address decide nothing', () => {
  expect(smtpFault('recipient', '550 5.1.1', '<too.many.connections@spamhaus.example> gone')).toBe('address');
  expect(smtpFault('recipient', '550', 'relay.denied@frequency.example')).toBe('unclear');
});

describe.each<[string, typeof WECOM_VERDICTS, Array<[Blame, string, string?]>]>([
  [
    '企业微信',
    WECOM_VERDICTS,
    [
      ['policy', '45009'],
      ['account', '93000'],
      ['text', '40058'],
      ['server', '-1'],
      ['unclear', '99999'],
    ],
  ],
  [
    '钉钉',
    DINGTALK_VERDICTS,
    [
      ['policy', '130101'],
      ['account', '310000'],
      ['account', '300001'],
      ['text', '430102'],
      ['server', '-1'],
    ],
  ],
  [
    'SMS and voice gateways',
    GATEWAY_VERDICTS,
    [
      ['address', 'isv.MOBILE_NUMBER_ILLEGAL'],
      ['recipient', 'isv.BUSINESS_LIMIT_CONTROL'],
      ['policy', 'isv.DAY_LIMIT_CONTROL'],
      ['account', 'isv.AMOUNT_NOT_ENOUGH'],
      ['account', 'isv.OUT_OF_SERVICE'],
      ['account', 'SignatureDoesNotMatch'],
      ['text', 'isv.BLACK_KEY_CONTROL_LIMIT'],
      ['server', 'isp.SYSTEM_ERROR'],
      ['address', 'InvalidParameterValue.IncorrectPhoneNumber'],
      ['address', 'FailedOperation.PhoneNumberInBlacklist'],
      ['recipient', 'LimitExceeded.PhoneNumberDailyLimit'],
      ['policy', 'LimitExceeded.DeliveryFrequencyLimit'],
      ['account', 'FailedOperation.InsufficientBalanceInSmsPackage'],
      ['text', 'FailedOperation.ContainSensitiveWord'],
      ['account', '1031'],
      ['address', '3', '{"code":3,"msg":"手机号码格式错误"}'],
      ['account', '7', '{"code":7,"msg":"账户余额不足"}'],
      ['policy', '9', '{"code":9,"msg":"提交频率过快，请稍后再试"}'],
      ['recipient', '9', '{"code":9,"msg":"同一手机号码当日发送次数超过上限"}'],
      ['text', '4', '{"code":4,"msg":"内容含有敏感词"}'],
      ['account', '5', '{"code":5,"msg":"IP不在白名单"}'],
      ['server', '2', '{"code":2,"msg":"系统繁忙"}'],
      ['unclear', '8', '{"code":8}'],
      // A telephone that is cut off is its owner's matter; an account that is, the office's.
      ['recipient', '10', '{"code":10,"msg":"目标号码已停机"}'],
      ['recipient', '10', '{"code":10,"msg":"被叫关机"}'],
      ['account', '10', '{"code":10,"msg":"账户欠费停机"}'],
      ['account', 'isv.SMS_TEST_NUMBER_LIMIT'],
      ['account', '11', '{"code":11,"msg":"短信条数不足，请充值"}'],
      ['account', '12', '{"code":12,"msg":"通道未开通"}'],
      ['account', '13', '{"code":13,"msg":"内容含未报备链接"}'],
      ['account', '14', '{"code":14,"msg":"扩展码错误"}'],
      ['policy', '15', '{"code":15,"msg":"提交速度过快"}'],
      ['policy', '16', '{"code":16,"msg":"并发数超过"}'],
      ['text', '17', '{"code":17,"msg":"短信字数超过500"}'],
      ['address', '18', '{"code":18,"msg":"号码已退订"}'],
      ['server', '19', '{"code":19,"msg":"网关异常，请重试"}'],
    ],
  ],
  [
    'endpoints',
    WEBHOOK_VERDICTS,
    [
      ['address', '410'],
      ['text', '422'],
      ['account', '401'],
      ['account', '404'],
      ['policy', '429'],
      ['server', '502'],
    ],
  ],
])('%s', (_, rows, cases) => {
  test.each(cases)('%s: %s %s', (...[fault, code, words]) => {
    expect(faultBy(rows, code, words)).toBe(fault);
  });
});

test('every row says where its meaning is published', () => {
  for (const { source } of [...SMTP_VERDICTS, ...WECOM_VERDICTS, ...DINGTALK_VERDICTS, ...GATEWAY_VERDICTS])
    expect(source).toMatch(/RFC|https?:|通用说法/);
});
