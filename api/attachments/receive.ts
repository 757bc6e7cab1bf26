import type { Request } from 'express';
import multer, { type StorageEngine } from 'multer';
import type { Spooled } from '../../ledger/blobs/blob-store.js';
import type { Spool } from '../../ledger/blobs/spool.js';
import { tooLarge } from '../http/body.js';
import { invalidFields } from '../http/fields.js';
import { Problem } from '../http/problems.js';

export const MOST_BYTES = 20 * 1_048_576;

export interface Received {
  /** The caller's name for the file; untrusted. */
  name: string;
  spooled: Spooled;
}

type Spooling = Express.Multer.File & { spooled?: Spooled };

/** Spools the one file of a form as it arrives. The caller discards it. Refuses with 413 and 400. */
export async function receiveFile(request: Request, spool: Spool): Promise<Received> {
  await new Promise<void>((resolve, reject) => {
    const take = multer({ storage: into(spool), limits: LIMITS, defParamCharset: 'utf8' }).single('file');
    take(request, request.res!, (error?: unknown) => (error ? reject(refusalOf(error, request)) : resolve()));
  });
  const file: Spooling | undefined = request.file;
  if (file?.spooled) return { name: file.originalname, spooled: file.spooled };
  throw request.is('multipart/form-data') ? wrongFields() : malformed();
}

const LIMITS = { fileSize: MOST_BYTES, files: 1, fields: 0, parts: 1 };

const into = (spool: Spool): StorageEngine => ({
  _handleFile(_request, file: Spooling, done) {
    spool.take(file.stream).then(
      (spooled) => {
        file.spooled = spooled;
        done(null, { size: spooled.size, spooled } as Partial<Spooling>);
      },
      (error) => done(error),
    );
  },
  _removeFile(_request, file: Spooling, done) {
    (file.spooled?.discard() ?? Promise.resolve()).then(() => done(null), done);
  },
});

function refusalOf(error: unknown, request: Request): unknown {
  if (error instanceof multer.MulterError)
    return error.code === 'LIMIT_FILE_SIZE' ? tooLarge(MOST_BYTES) : wrongFields();
  // Errors of the disk are the server's. All others come from the form, or from a caller who hung up.
  const isOurs = request.complete && error instanceof Error && 'syscall' in error;
  return isOurs ? error : malformed();
}

const wrongFields = (): Problem =>
  invalidFields([{ field: 'file', detail: '请选择一个文件，以 file 为字段名上传，不带其他内容' }]);

const malformed = (): Problem =>
  new Problem('body-malformed', '没有收到完整的文件，请以 multipart/form-data 格式重新上传。');
