/** A file of settings with secrets, written with some content and read as the program reads it. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect } from '@jest/globals';
import { StartError } from '../start-error.js';

export function secretFile<T>(name: string, readAs: (file: string) => T) {
  const folder = mkdtempSync(path.join(tmpdir(), 'settings-'));
  const file = path.join(folder, name);
  afterAll(() => rmSync(folder, { recursive: true }));

  const read = (content: string, mode = 0o600): T => {
    writeFileSync(file, content);
    chmodSync(file, mode);
    return readAs(file);
  };
  return {
    folder,
    file,
    read,
    /** The words of the refusal; empty when it is taken. */
    refused(content: string, mode?: number): string {
      try {
        read(content, mode);
      } catch (error) {
        expect(error).toBeInstanceOf(StartError);
        return (error as Error).message;
      }
      return '';
    },
  };
}
