/**
 * The shape of the channels' file, as in channels.example.yaml. Unknown keys are refused, so that misspelt ones are
 * found.
 */
import { z } from 'zod';
import { ENDPOINT } from '../lib/endpoint-name.js';

const secret = z.string().regex(/^[\x21-\x7e]{1,512}$/, { error: '应是一串没有空格的字母、数字和符号' });

/** The name that contacts use. */
const name = z.string().regex(ENDPOINT);

const named = <T extends z.ZodType>(each: T) =>
  z.record(name, each).refine((entries) => Object.keys(entries).length > 0, { error: '至少写一个名称' });

/** Name and password in an address would not be sent. Braces look like a placeholder, which addresses do not have. */
const address = z.string().refine(
  (text) => {
    if (!URL.canParse(text) || /[{}\s]/.test(text)) return false;
    const { protocol, username, password } = new URL(text);
    return ['http:', 'https:'].includes(protocol) && username === '' && password === '';
  },
  { error: '应是以 https:// 或 http:// 开头的地址，其中没有用户名、密码和占位符' },
);

const baseUrl = address.transform((text) => text.replace(/\/+$/, '')).exactOptional();

/** Standard Webhooks: 24 to 64 random bytes in base64. */
const webhookSecret = z.string().refine(
  (text) => {
    const base64 = text.replace(/^whsec_/, '');
    const bytes = Buffer.from(base64, 'base64');
    return bytes.toString('base64') === base64 && bytes.length >= 24 && bytes.length <= 64;
  },
  { error: '应是 whsec_ 加 24 至 64 个随机字节的 base64，可用 openssl rand -base64 32 生成' },
);

const placeholdersIn = (template: string): string[] => [...template.matchAll(/\{([^{}]*)\}/g)].map(([, each]) => each!);
const onlyWith =
  (...allowed: string[]) =>
  (template: string) =>
    placeholdersIn(template).every((each) => allowed.includes(each));

const stringsIn = (body: unknown): string[] => {
  if (typeof body === 'string') return [body];
  return typeof body === 'object' && body !== null ? Object.values(body).flatMap(stringsIn) : [];
};

const body = <T extends z.ZodType>(value: T) =>
  z
    .record(z.string(), value)
    .refine((content) => stringsIn(content).every(onlyWith('number', 'text', 'key')), {
      error: '占位符只有 {number}、{text} 和 {key}',
    })
    .refine(
      (content) => {
        const used = stringsIn(content).flatMap(placeholdersIn);
        return used.includes('number') && used.includes('text');
      },
      { error: '其中要有 {number} 和 {text}' },
    );

const header = z
  .string()
  .regex(/^[\x20-\x7e]+$/, { error: '请求头只能用英文字母、数字和符号' })
  .refine(onlyWith('key'), { error: '请求头中的占位符只有 {key}' });

const pointer = z.string().regex(/^(\/.*)?$/, { error: '应是以 / 开头的 JSON Pointer；空文字指整个内容' });

const sign = z.strictObject({
  at: pointer,
  equals: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1, { error: '至少写一个值' }),
});

/** The gateway calls us back: an address of ours with this secret in it. */
const receipts = z.strictObject({
  secret: z
    .string()
    .regex(/^[A-Za-z0-9_-]{32,128}$/, {
      error: '应是 32 至 128 个字母、数字、- 或 _，可用 openssl rand -hex 32 生成',
    })
    .regex(/[^0]/, { error: '示例中的密钥人人可见，请用 openssl rand -hex 32 生成一个' }),
  each: pointer.exactOptional(),
  messageId: pointer,
  delivered: sign,
  undelivered: sign.exactOptional(),
  reply: z.json().exactOptional(),
});

const gateway = {
  url: address,
  method: z.enum(['POST', 'PUT']).exactOptional(),
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), header).exactOptional(),
  json: body(z.json()).exactOptional(),
  form: body(z.string()).exactOptional(),
  taken: sign.exactOptional(),
  refused: sign.exactOptional(),
  messageId: pointer.exactOptional(),
  characters: z.int().min(20).max(10_000).exactOptional(),
  perNumberPerHour: z.int().min(1).max(1000).exactOptional(),
};
const hasOneBody = ({ json, form }: { json?: unknown; form?: unknown }): boolean =>
  (json === undefined) !== (form === undefined);
const ONE_BODY = { error: '请求的内容写成 json 或 form，二者取一' };

const sms = z.strictObject({ ...gateway, receipts: receipts.exactOptional() }).refine(hasOneBody, ONE_BODY);

/** Whether somebody answered is known from what the gateway sends later, or not at all. */
const call = z
  .strictObject({ ...gateway, receipts: receipts.extend({ acknowledged: sign.exactOptional() }) })
  .refine(hasOneBody, ONE_BODY);

export const channelsFile = z.strictObject({
  wecom: z.strictObject({ baseUrl, robots: named(z.strictObject({ key: secret })) }).exactOptional(),
  dingtalk: z
    .strictObject({
      baseUrl,
      robots: named(z.strictObject({ accessToken: secret, secret: secret.exactOptional() })),
    })
    .exactOptional(),
  sms: sms.exactOptional(),
  call: call.exactOptional(),
  webhooks: named(
    z.strictObject({
      url: address,
      drills: z.boolean().exactOptional(),
      secrets: z.array(webhookSecret).min(1, { error: '至少写一个密钥' }).max(5, { error: '最多五个密钥' }),
    }),
  ).exactOptional(),
});

export type ChannelsFile = z.infer<typeof channelsFile>;
