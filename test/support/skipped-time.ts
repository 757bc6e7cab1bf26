/** A test server that skips time: the SDK's download, or where that is blocked, the same server from Maven Central. */
import { closeSync, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { readConfig } from '../../platform/config.js';
import { lockWithin } from '../../platform/flock.js';
import { dataConverter } from '../../platform/payload-codec.js';
import { runProgram } from '../../platform/run-program.js';

/** The first version with working updates. Its binding of SLF4J keeps it silent. */
const TEST_SERVER = 'io.temporal:temporal-test-server:1.32.0';
const SLF4J = 'org.slf4j:slf4j-nop:2.0.17';

const FETCH_WITHIN = 10 * 60_000;

const dependency = (coordinates: string): string => {
  const [group, artifact, version] = coordinates.split(':');
  return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
};

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>qingkong</groupId><artifactId>time-skipping</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>${[TEST_SERVER, SLF4J].map(dependency).join('')}</dependencies></project>
`;

const START = `#!/bin/sh
exec java -cp "$(dirname "$0")/jars/*" io.temporal.testserver.TestServer "$@"
`;

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Fetches the server's jars into `folder`, whole or not at all. */
const fetchFromMaven = async (folder: string): Promise<void> => {
  say('正在从 Maven 中央仓库取得可跳时的测试服务器（只需一次）');
  const fresh = await mkdtemp(`${folder}-`);
  try {
    await writeFile(path.join(fresh, 'pom.xml'), POM);
    await writeFile(path.join(fresh, 'start'), START);
    await chmod(path.join(fresh, 'start'), 0o755);
    await runProgram('java', ['-version'], { within: 30_000 });
    await runProgram('mvn', ['-B', '-q', 'dependency:copy-dependencies', '-DoutputDirectory=jars'], {
      cwd: fresh,
      within: FETCH_WITHIN,
      progress: (seconds) => say(`仍在下载，已 ${seconds} 秒`),
    });
    await rename(fresh, folder);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
};

type Executable = { type: 'existing-path'; path: string } | { type: 'cached-download'; downloadDir: string };

const create = (executable: Executable): Promise<TestWorkflowEnvironment> =>
  TestWorkflowEnvironment.createTimeSkipping({ server: { executable }, client: { dataConverter } });

/** Starts a server with skipped time, which the caller stops. Throws with both reasons when there is none. */
export const createSkippedTime = async (): Promise<TestWorkflowEnvironment> => {
  const { cacheFolder } = readConfig(process.env);
  const fromMaven = path.join(cacheFolder, `time-skipping-${TEST_SERVER.split(':').at(-1)}`);
  const downloadDir = path.join(cacheFolder, 'sdk');
  await mkdir(downloadDir, { recursive: true });
  const lock = await lockWithin(path.join(cacheFolder, 'time-skipping.lock'), FETCH_WITHIN);
  try {
    if (!existsSync(fromMaven)) {
      try {
        return await create({ type: 'cached-download', downloadDir });
      } catch (error) {
        say(`Temporal SDK 不能下载可跳时的测试服务器：${String(error)}`);
        await fetchFromMaven(fromMaven);
      }
    }
  } finally {
    if (lock !== undefined) closeSync(lock);
  }
  return createPatiently({ type: 'existing-path', path: path.join(fromMaven, 'start') });
};

/** The SDK waits five seconds for a server, sometimes too few on a busy machine. */
const createPatiently = async (executable: Executable, tries = 8): Promise<TestWorkflowEnvironment> => {
  try {
    return await create(executable);
  } catch (error) {
    if (tries === 1) throw error;
    return createPatiently(executable, tries - 1);
  }
};

/**
 * A client for lives of many minutes. This server does not page a history, and gRPC allows 4 MB of it; and it breaks the
 * connections, with their calls, of those who ask too often whether it is there.
 */
export const patientClientOf = async ({ address }: TestWorkflowEnvironment): Promise<Client> =>
  new Client({
    connection: await Connection.connect({
      address,
      channelArgs: { 'grpc.max_receive_message_length': -1, 'grpc.keepalive_time_ms': 3_600_000 },
    }),
    dataConverter,
  });
