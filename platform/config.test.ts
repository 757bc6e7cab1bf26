import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readConfig } from './config.js';

const refused = (env: Record<string, string>): string => {
  try {
    readConfig(env);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('configuration', () => {
  test('nothing set: one office, embedded', () => {
    expect(readConfig({ HOME: '/home/office', XDG_CACHE_HOME: '/cache' })).toEqual({
      dataFolder: path.resolve('data'),
      cacheFolder: '/cache/qingkong',
      port: 3000,
      trustedProxies: ['loopback'],
      planEdition: 'shuimogou-2025',
      mailFrom: '晴空 <qingkong@localhost>',
      logLevel: 'info',
      retentionDays: 184,
      oneTimeCodes: { areRequired: false },
    });
  });

  test('everything set', () => {
    const config = readConfig({
      QINGKONG_DATA: '/srv/qingkong',
      QINGKONG_CACHE: '/srv/cache',
      PORT: '0',
      WORKER_PORT: '9464',
      PUBLIC_URL: 'https://qingkong.example/',
      PLAN_EDITION: 'elsewhere-2026',
      DATABASE_URL: 'postgres://app:secret@db/app',
      SMTP_URL: 'smtps://mail.example',
      MAIL_FROM: '值班室 <duty@office.example>',
      CHANNELS_FILE: 'channels.yaml',
      S3_BUCKET: 'evidence',
      S3_ENDPOINT: 'https://s3.example',
      S3_REGION: 'cn-northwest-1',
      LOG_LEVEL: 'debug',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/',
      RETENTION_DAYS: '400',
      TRUSTED_PROXIES: 'loopback, 172.18.0.0/16,fd00::1',
      TEMPORAL_ADDRESS: 'temporal:7233',
      TEMPORAL_NAMESPACE: 'district',
    });
    expect(config).toMatchObject({
      dataFolder: '/srv/qingkong',
      cacheFolder: '/srv/cache',
      port: 0,
      workerPort: 9464,
      trustedProxies: ['loopback', '172.18.0.0/16', 'fd00::1'],
      publicUrl: 'https://qingkong.example',
      planEdition: 'elsewhere-2026',
      databaseUrl: 'postgres://app:secret@db/app',
      smtpUrl: 'smtps://mail.example',
      mailFrom: '值班室 <duty@office.example>',
      channelsFile: path.resolve('channels.yaml'),
      s3: { bucket: 'evidence', endpoint: 'https://s3.example', region: 'cn-northwest-1' },
      logLevel: 'debug',
      retentionDays: 400,
      tracesUrl: 'http://collector:4318',
      temporal: { namespace: 'district', connectionOptions: { address: 'temporal:7233' } },
    });
  });

  test('an empty value is an absent one', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '', TEMPORAL_ADDRESS: '' })).toEqual(readConfig({}));
  });

  test("a developer's own Temporal profile is not taken unasked", () => {
    expect(readConfig({ TEMPORAL_NAMESPACE: 'elsewhere' }).temporal).toBeUndefined();
  });

  test.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PUBLIC_URL', 'qingkong.example'],
    ['PUBLIC_URL', 'ftp://qingkong.example'],
    ['PUBLIC_URL', 'https://office:hunter2@qingkong.example'],
    ['PUBLIC_URL', 'https://qingkong.example/#/hunter2'],
    ['PLAN_EDITION', '../elsewhere'],
    ['DATABASE_URL', 'mysql://app:hunter2@db/app'],
    ['SMTP_URL', 'user:hunter2@mail'],
    ['MAIL_FROM', 'nobody'],
    ['S3_BUCKET', 'Evidence of all'],
    ['S3_ENDPOINT', 's3.example'],
    ['S3_ENDPOINT', 'https://s3.example'],
    ['S3_REGION', 'cn northwest'],
    ['LOG_LEVEL', 'loud'],
    ['WORKER_PORT', 'any'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4317'],
    ['RETENTION_DAYS', '183'],
    ['RETENTION_DAYS', 'half a year'],
    ['TRUSTED_PROXIES', 'proxy.example'],
    ['TRUSTED_PROXIES', 'loopback,172.18.0.0/33'],
    ['TRUSTED_PROXIES', '0.0.0.0/0'],
    ['TEMPORAL_CONFIG_FILE', '/nowhere/hunter2/\0'],
  ])('a wrong %s (%s) is named in one line that keeps the value to itself', (name, value) => {
    const message = refused({ [name]: value });
    expect(message).toContain(name === 'TEMPORAL_CONFIG_FILE' ? 'TEMPORAL_' : name);
    expect(message).not.toContain('\n');
    expect(message).not.toContain('hunter2');
  });

  test.each([
    'office@example.cn:hunter2',
    'office:a@b#hunter2',
    'office:a/b',
    'office:a?b',
    'office:100%',
    'office:a b',
    'office：hunter2',
    'office:密码',
  ])('name and password %s, as they are, would name another server', (credentials) => {
    for (const [name, scheme] of [
      ['SMTP_URL', 'smtp'],
      ['SMTP_URL', 'smtps'],
      ['DATABASE_URL', 'postgres'],
    ]) {
      const message = refused({ [name!]: `${scheme}://${credentials}@server.example:1234/x` });
      expect(message).toContain(name);
      expect(message).toContain('%40');
      expect(message).not.toContain('hunter2');
    }
  });

  test('name and password with what is escaped', () => {
    const smtp = 'smtps://office%40example.cn:a%40b%23%2F%3F:%25@smtp.example:465?pool=true';
    const database = 'postgres://app:p%40ss@db.example/app?sslmode=require';
    expect(readConfig({ SMTP_URL: smtp, DATABASE_URL: database })).toMatchObject({
      smtpUrl: smtp,
      databaseUrl: database,
    });
  });

  test('all wrong values at once', () => {
    const message = refused({ PORT: 'x', LOG_LEVEL: 'x' });
    expect(message).toContain('PORT');
    expect(message).toContain('LOG_LEVEL');
  });
});
