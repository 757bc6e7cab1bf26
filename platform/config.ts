/** Configuration: every name the program reads, checked once (README has the same table). */
import { homedir } from 'node:os';
import path from 'node:path';
import { type ClientConnectConfig, loadClientConfigProfile, toClientOptions } from '@temporalio/envconfig';
import { z } from 'zod';
import { StartError } from '../lib/start-error.js';

type Environment = Record<string, string | undefined>;

const withScheme = (...schemes: string[]) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1)), {
    error: `应是以 ${schemes.map((scheme) => `${scheme}://`).join(' 或 ')} 开头的地址`,
    abort: true,
  });

/** The address of a page or a store: nothing before the host, nothing behind the path. */
const webUrl = withScheme('http', 'https').refine((text) => !/[@?#\s]/.test(text), {
  error: '应只有主机、端口和路径，如 https://qingkong.example.cn，不带用户名、密码、? 和 #',
});

const ESCAPES = '@ 写成 %40，# 写成 %23，/ 写成 %2F，? 写成 %3F，% 写成 %25，空格写成 %20';

/**
 * The address of a server, with name and password. Unescaped, a character of a password would end it early and name
 * another host: `smtp://office:a@b#c@mail.example` is the host `b`.
 */
const serverUrl = (...schemes: [string, ...string[]]) =>
  z
    .string()
    .refine(
      (text) => {
        const credentials = /^[^:]*:\/\/(?:(.*)@)?/s.exec(text)?.[1] ?? '';
        return !/[@/?#\\[\]\s]|%(?![0-9a-f]{2})|[^\x20-\x7e]/i.test(credentials) && !text.includes('#');
      },
      {
        error: `的用户名和密码中，特殊字符要换写：${ESCAPES}，汉字和全角字符不能用；如 ${schemes.at(-1)}://office%40example.cn:密码@主机:端口`,
        abort: true,
      },
    )
    .pipe(withScheme(...schemes));

const location = z.string().transform((text) => path.resolve(text));

const PROXIES = '应是反向代理的地址或网段，以逗号分隔，如 loopback,172.18.0.0/16';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** The program's own names. Messages never repeat a value, because some are secrets. */
const names = {
  QINGKONG_DATA: location.default(() => path.resolve('data')),
  QINGKONG_CACHE: location.optional(),
  PORT: z
    .string()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, { error: '应是 0 到 65535 的整数' })
    .transform(Number)
    .default(3000),
  PUBLIC_URL: webUrl.transform((text) => text.replace(/\/+$/, '')).optional(),
  TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(',').map((proxy) => proxy.trim()))
    .pipe(
      z.array(
        z
          .union([z.literal('loopback'), z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], { error: PROXIES })
          .refine((proxy) => !proxy.endsWith('/0'), { error: PROXIES }),
      ),
    )
    .default(['loopback']),
  PLAN_EDITION: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: '应是 plan/editions 下的文件夹名' })
    .default('shuimogou-2025'),
  DATABASE_URL: serverUrl('postgres', 'postgresql').optional(),
  SMTP_URL: serverUrl('smtp', 'smtps').optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^@\r\n]*[^@\s<]@[^@\s]+$/, { error: '应是一个电子邮件地址' })
    .default('晴空 <qingkong@localhost>'),
  CHANNELS_FILE: location.optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { error: '应是一个存储桶的名称' })
    .optional(),
  S3_ENDPOINT: webUrl.optional(),
  S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]+$/, { error: '应是一个地域的名称' })
    .default('us-east-1'),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `应是 ${LOG_LEVELS.join('、')} 之一` }).default('info'),
};

export interface Config {
  /** Absolute. */
  dataFolder: string;
  /** Absolute. Holds programs that were downloaded or built. */
  cacheFolder: string;
  /** 0 takes any free port. */
  port: number;
  /** Without a slash at its end. Absent: the address the API listens on. */
  publicUrl?: string;
  /** Addresses and networks whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed. */
  trustedProxies: string[];
  planEdition: string;
  databaseUrl?: string;
  smtpUrl?: string;
  mailFrom: string;
  /** Absolute. The channels beside mail (channels-file.ts). Its secrets are not in here. */
  channelsFile?: string;
  /** Store of attachments. Absent: the data folder. The SDK finds the credentials. */
  s3?: { bucket: string; region: string; endpoint?: string };
  logLevel: (typeof LOG_LEVELS)[number];
  /** The Temporal cluster. Absent: the embedded engine. */
  temporal?: ClientConnectConfig;
}

/**
 * The SDK's own environment configuration (TEMPORAL_ADDRESS, _NAMESPACE, _API_KEY, _TLS_…). Its configuration file is
 * read only when TEMPORAL_PROFILE or TEMPORAL_CONFIG_FILE asks for it: a developer's own must not redirect an office's
 * program.
 */
const temporalOf = (env: Record<string, string>): ClientConnectConfig | undefined => {
  const profile = loadClientConfigProfile({
    overrideEnvVars: env,
    disableFile: env.TEMPORAL_PROFILE === undefined && env.TEMPORAL_CONFIG_FILE === undefined,
  });
  return profile.address === undefined ? undefined : toClientOptions(profile);
};

const s3Of = (values: {
  S3_BUCKET?: string | undefined;
  S3_ENDPOINT?: string | undefined;
  S3_REGION: string;
}): Pick<Config, 's3'> => {
  const { S3_BUCKET: bucket, S3_ENDPOINT: endpoint, S3_REGION: region } = values;
  return bucket === undefined ? {} : { s3: { bucket, region, ...(endpoint !== undefined && { endpoint }) } };
};

const cacheFolderOf = (env: Record<string, string>): string =>
  path.join(env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'qingkong');

/** Reads the configuration from `env`. An empty value counts as absent. Throws `StartError` naming the fault. */
export const readConfig = (env: Environment): Config => {
  const given = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
  const read = z.object(names).safeParse(given);
  if (!read.success) {
    const wrong = read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new StartError(`配置有误：${wrong.join('；')}。请改正后重新启动。`);
  }
  const values = read.data;
  if (values.S3_ENDPOINT !== undefined && values.S3_BUCKET === undefined)
    throw new StartError('配置有误：有 S3_ENDPOINT 而没有 S3_BUCKET。请补上存储桶的名称后重新启动。');
  let temporal: ClientConnectConfig | undefined;
  try {
    temporal = temporalOf(given);
  } catch {
    throw new StartError('配置有误：TEMPORAL_* 不能按 Temporal SDK 的环境配置读取。请检查地址、命名空间、证书与密钥。');
  }
  return {
    dataFolder: values.QINGKONG_DATA,
    cacheFolder: values.QINGKONG_CACHE ?? cacheFolderOf(given),
    port: values.PORT,
    trustedProxies: values.TRUSTED_PROXIES,
    planEdition: values.PLAN_EDITION,
    mailFrom: values.MAIL_FROM,
    logLevel: values.LOG_LEVEL,
    ...(values.PUBLIC_URL !== undefined && { publicUrl: values.PUBLIC_URL }),
    ...(values.DATABASE_URL !== undefined && { databaseUrl: values.DATABASE_URL }),
    ...(values.SMTP_URL !== undefined && { smtpUrl: values.SMTP_URL }),
    ...(values.CHANNELS_FILE !== undefined && { channelsFile: values.CHANNELS_FILE }),
    ...s3Of(values),
    ...(temporal !== undefined && { temporal }),
  };
};
