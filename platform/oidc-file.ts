/** The file OIDC_FILE: the identity provider of the office, and what its claims mean here. As oidc.example.yaml. */
import { z } from 'zod';
import { inChineseOfYaml } from '../lib/chinese-issues.js';
import { readSecretFile } from './secret-file.js';

const issuer = z.string().refine(
  (text) => {
    if (!URL.canParse(text) || /[?#\s]/.test(text)) return false;
    const { protocol, username, password } = new URL(text);
    return ['https:', 'http:'].includes(protocol) && username === '' && password === '';
  },
  { error: '应是统一身份认证的 issuer 地址，以 https:// 开头，例如 https://sso.example.gov.cn/realms/district' },
);

const claim = z.string().min(1).max(200);
const is = z.union([z.string().min(1), z.number(), z.boolean()]);

export const oidcFile = z
  .strictObject({
    issuer,
    insecure: z.literal(true).exactOptional(),
    clientId: z.string().min(1).max(200),
    clientSecret: z
      .string()
      .regex(/^[\x21-\x7e]{1,512}$/, { error: '应是一串没有空格的字母、数字和符号' })
      .exactOptional(),
    label: z.string().min(1).max(20).default('统一身份认证'),
    scope: z
      .string()
      .regex(/^(\S+ )*openid( \S+)*$/, { error: '应以空格分开，其中要有 openid，例如 openid profile' })
      .default('openid profile'),
    username: claim.default('preferred_username'),
    name: claim.default('name'),
    role: z.strictObject({
      claim,
      values: z
        .array(z.strictObject({ is, role: z.enum(['office', 'unit', 'supervisor', 'administrator']) }))
        .min(1, { error: '至少写一个角色' }),
    }),
    unit: z
      .strictObject({ claim, values: z.array(z.strictObject({ is, unitId: z.string().min(1) })).exactOptional() })
      .exactOptional(),
  })
  .refine(({ role, unit }) => unit !== undefined || role.values.every((each) => each.role !== 'unit'), {
    path: ['role'],
    error: '有角色 unit 时，要写明 unit.claim：从哪一项得知是哪个单位',
  })
  .refine((file) => file.insecure || file.issuer.startsWith('https:'), {
    path: ['issuer'],
    error: '不是 https:// 地址；确实只能用 http:// 的（仅限内部网络），另写一行 insecure: true',
  });

export type OidcFile = z.output<typeof oidcFile>;

/** Throws `StartError` that says what is wrong where. */
export const readOidcFile = (file: string): OidcFile =>
  readSecretFile({ file, variable: 'OIDC_FILE', subject: '统一身份认证', schema: oidcFile, inWords });

const inWords: z.core.$ZodErrorMap = (issue) =>
  issue.code === 'unrecognized_keys' ? '这里不认识此行的项，请对照 oidc.example.yaml' : inChineseOfYaml(issue);
