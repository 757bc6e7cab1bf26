/** What went wrong at the identity provider, in words that say what to do next. */
import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { quoted } from '../../lib/quoted.js';
import { Problem } from '../http/problems.js';

const BY_PASSWORD = '急需登录的，可以返回登录页用密码登录。';

/** The last words of every page but those about the person. */
const TELL = `仍然不行的，请把本页的文字告诉系统管理员。${BY_PASSWORD}`;

export const flowLost = (publicUrl: string): Problem =>
  new Problem(
    'sign-in-expired',
    `这次登录已超过十分钟，或者不是从本浏览器的登录页开始的。请用 ${publicUrl} 打开本系统，重新登录。${TELL}`,
  );

/** `undefined`: a fault of ours. */
export function faultAtProvider(error: unknown, label: string, publicUrl: string): Problem | undefined {
  if (error instanceof AuthorizationResponseError) return refusedByProvider(error.error, label);
  if (error instanceof ResponseBodyError)
    return error.error === 'invalid_grant'
      ? flowLost(publicUrl)
      : misconfigured(label, `，答复是${quoted(error.error)}`);
  if (error instanceof WWWAuthenticateChallengeError) return misconfigured(label, `，答复是 ${error.status}`);
  const code = codeOf(error);
  if (code !== undefined && code in OF_CODE) return OF_CODE[code]!(label, publicUrl);
  if (isAway(error, code)) return away(label);
  return error instanceof ClientError ? misconfigured(label, `（${code ?? 'ClientError'}）`) : undefined;
}

const refusedByProvider = (error: string, label: string): Problem =>
  error === 'access_denied'
    ? new Problem('provider-denied', `您在${label}取消了登录，或者${label}不允许您使用本系统。请重新登录；${TELL}`)
    : new Problem('provider-denied', `${label}没有完成登录，答复是${quoted(error)}。请稍后重新登录；${TELL}`);

const away = (label: string): Problem =>
  new Problem('provider-unreachable', `连接不上${label}，可能正在维护，或者配置的地址有误。请稍后再试。${TELL}`);

const misconfigured = (label: string, what: string): Problem =>
  new Problem(
    'provider-misconfigured',
    `${label}不接受本系统${what}。请系统管理员核对配置文件中的地址、客户端编号和密钥，以及在${label}登记的回调地址。${BY_PASSWORD}`,
  );

const OF_CODE: Record<string, (label: string, publicUrl: string) => Problem> = {
  OAUTH_TIMEOUT: away,
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: (label) =>
    new Problem(
      'provider-misconfigured',
      `${label}的时间与本系统服务器的时间相差太大，不能确认这次登录是刚才的。请系统管理员为两边的服务器校时。${BY_PASSWORD}`,
    ),
  OAUTH_JWT_CLAIM_COMPARISON_FAILED: (label) => misconfigured(label, '：收到的凭据是发给别的系统或由别处签发的'),
  OAUTH_INVALID_RESPONSE: (_label, publicUrl) => flowLost(publicUrl),
};

const codeOf = (error: unknown): string | undefined => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
};

/** Refused connections, names that nobody knows, certificates nobody trusts; and a provider that answers with a fault. */
const isAway = (error: unknown, code: string | undefined): boolean =>
  [error, (error as Error).cause].some((one) => (one as Error | undefined)?.message === 'fetch failed') ||
  code === 'OAUTH_RESPONSE_IS_NOT_CONFORM';
