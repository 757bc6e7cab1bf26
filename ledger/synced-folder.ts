/**
 * The folder of an embedded database whose commits are synced (docs/decisions/0040-embedded-syncs.md). PGlite's own file system
 * says yes to each sync and does nothing.
 */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { Counter } from 'prom-client';

const syncs = new Counter({
  name: 'qingkong_database_syncs_total',
  help: 'Times that the embedded database waited for the disk',
});

/** Of emscripten's file system on Node. Folders have no descriptor. */
interface OpenFile {
  nfd?: number;
  node: object;
}
interface NodeFileSystem {
  stream_ops: { fsync?(file: OpenFile): number };
  realPath(node: object): string;
}

/** The option of PGlite that replaces its file system, and PostgreSQL's own that make use of it. */
export const syncedFolder = (folder: string): Pick<PGliteOptions, 'fs' | 'startParams'> => ({
  fs: new SyncedFolder(folder),
  // `-F` is fsync = off. Syncs by `fdatasync` do not reach the file system.
  startParams: [...PGlite.defaultStartParams.filter((one) => one !== '-F'), '-c', 'wal_sync_method=fsync'],
});

class SyncedFolder extends NodeFS {
  override async init(...[pglite, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pglite, options);
    const withSync = ({ NODEFS }: { NODEFS: NodeFileSystem }) => {
      NODEFS.stream_ops.fsync = (file) => sync(NODEFS, file);
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), withSync as never] } };
  }
}

/** As WASI numbers it. PostgreSQL then stops, because it cannot know what the disk has. */
const IO_ERROR = 29;

function sync({ realPath }: NodeFileSystem, { nfd, node }: OpenFile): number {
  syncs.inc();
  try {
    if (nfd === undefined) syncFolder(realPath(node));
    else fsyncSync(nfd);
    return 0;
  } catch {
    return IO_ERROR;
  }
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
