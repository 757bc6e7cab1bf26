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

const port = z
  .string()
  .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, { error: '应是 0 到 65535 的整数' })
  .transform(Number);

const PROXIES = '应是反向代理的地址或网段，以逗号分隔，如 loopback,172.18.0.0/16';

/** Six months, as 网络安全法 asks of logs: from 1 March to 1 September. */
const FEWEST_DAYS = 184;

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Whether office and administrator may have one-time codes, or must. */
const CODES = ['offered', 'required'] as const;

/** The program's own names. Messages never repeat a value, because some are secrets. */
const names = {
  QINGKONG_DATA: location.default(() => path.resolve('data')),
  QINGKONG_CACHE: location.optional(),
  PORT: port.default(3000),
  WORKER_PORT: port.optional(),
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
  OIDC_FILE: location.optional(),
  ONE_TIME_CODES: z.enum(CODES, { error: `应是 ${CODES.join(' 或 ')}` }).default('offered'),
  ONE_TIME_CODE_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, { error: '应是 32 个随机字节的 base64，可用 openssl rand -base64 32 生成' })
    .transform((text) => Buffer.from(text, 'base64'))
    .optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { error: '应是一个存储桶的名称' })
    .optional(),
  S3_ENDPOINT: webUrl.optional(),
  S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]+$/, { error: '应是一个地域的名称' })
    .default('us-east-1'),
  OTEL_EXPORTER_OTLP_ENDPOINT: webUrl.transform((text) => text.replace(/\/+$/, '')).optional(),
  RETENTION_DAYS: z
    .string()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) >= FEWEST_DAYS, {
      error: `应是不小于 ${FEWEST_DAYS} 的整数：日志至少留存六个月（网络安全法）`,
    })
    .transform(Number)
    .default(FEWEST_DAYS),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `应是 ${LOG_LEVELS.join('、')} 之一` }).default('info'),
};

export interface Config {
  /** Absolute. */
  dataFolder: string;
  /** Absolute. Holds programs that were downloaded or built. */
  cacheFolder: string;
  /** 0 takes any free port. */
  port: number;
  /** Of the worker's health and figures. Absent: a worker answers at no address. */
  workerPort?: number;
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
  /** Absolute. The identity provider (oidc-file.ts). Its secret is not in here. */
  oidcFile?: string;
  /** `key`: under which their secrets are kept. Absent: the program of one machine makes its own. */
  oneTimeCodes: { areRequired: boolean; key?: Buffer };
  /** Store of attachments. Absent: the data folder. The SDK finds the credentials. */
  s3?: { bucket: string; region: string; endpoint?: string };
  logLevel: (typeof LOG_LEVELS)[number];
  /** Address of a collector of traces (OTLP over HTTP). Absent: no traces. */
  tracesUrl?: string;
  /** After so many days what may go is removed; the record stays. */
  retentionDays: number;
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
    retentionDays: values.RETENTION_DAYS,
    oneTimeCodes: {
      areRequired: values.ONE_TIME_CODES === 'required',
      ...(values.ONE_TIME_CODE_KEY !== undefined && { key: values.ONE_TIME_CODE_KEY }),
    },
    ...(values.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined && { tracesUrl: values.OTEL_EXPORTER_OTLP_ENDPOINT }),
    ...(values.WORKER_PORT !== undefined && { workerPort: values.WORKER_PORT }),
    ...(values.PUBLIC_URL !== undefined && { publicUrl: values.PUBLIC_URL }),
    ...(values.DATABASE_URL !== undefined && { databaseUrl: values.DATABASE_URL }),
    ...(values.SMTP_URL !== undefined && { smtpUrl: values.SMTP_URL }),
    ...(values.CHANNELS_FILE !== undefined && { channelsFile: values.CHANNELS_FILE }),
    ...(values.OIDC_FILE !== undefined && { oidcFile: values.OIDC_FILE }),
    ...s3Of(values),
    ...(temporal !== undefined && { temporal }),
  };
};
