/** A paper as LibreOffice lays it out: 22 lines of 28 characters on a page of A4 (GB/T 9704—2012 §5.2.3). */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { docxOf } from '../documents/docx.js';
import { leaveOut } from './support/left-out.js';

const run = promisify(execFile);

const suite = () => {
  test('a page of body text has 22 lines, each of 28 characters', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'qingkong-printed-'));
    const paper = { title: '标题', isDrill: false, date: '2026-01-10' };
    const text = '晴空万里无云风轻天蓝水清'.repeat(200);
    writeFileSync(path.join(folder, 'paper.docx'), await docxOf({ ...paper, blocks: [{ kind: 'paragraph', text }] }));
    // A profile of its own: two that share one wait for each other, or fail.
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    await run('soffice', [
      profile,
      '--headless',
      '--convert-to',
      'pdf',
      '--outdir',
      folder,
      path.join(folder, 'paper.docx'),
    ]);
    const { stdout } = await run('pdftotext', ['-layout', path.join(folder, 'paper.pdf'), '-'], { maxBuffer: 1e7 });
    rmSync(folder, { recursive: true });

    const pages = stdout.split('\f').map((page) =>
      page
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => /^[晴空万里无云风轻天蓝水清]+$/.test(line)),
    );
    // The first page has the title too, and the last what is left.
    for (const lines of pages.slice(1, 3)) expect(lines.map((line) => line.length)).toEqual(Array(22).fill(28));
    expect(pages.flat().join('')).toBe(text);
  });
};

const reason = await Promise.all([run('soffice', ['--version']), run('pdftotext', ['-v'])]).then(
  () => undefined,
  () => 'no soffice or pdftotext (Debian: libreoffice-writer-nogui, poppler-utils)',
);
if (reason === undefined) describe('papers as they are printed', suite);
else leaveOut('papers as they are printed', reason, suite);
