/** Photographs and files as evidence: taken or chosen, made smaller unless the original is wanted, told by their size. */
import { type ChangeEvent, useEffect, useState } from 'react';
import { newKey } from '../shared/api.js';
import { phoneTexts } from '../texts/zh-CN/phone.js';
import type { OutboxFile } from './outbox.js';

const texts = phoneTexts.photos;
const LONGEST_SIDE = 1920;

export interface PhotosProps {
  files: readonly OutboxFile[];
  onChange: (files: OutboxFile[]) => void;
}

export function Photos({ files, onChange }: PhotosProps) {
  const [original, setOriginal] = useState(false);
  async function take({ target }: ChangeEvent<HTMLInputElement>) {
    const chosen = [...(target.files ?? [])];
    target.value = '';
    onChange([...files, ...(await Promise.all(chosen.map((file) => asSent(file, original))))]);
  }
  const total = files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  return (
    <fieldset className="photos">
      <legend>{texts.label}</legend>
      <div className="actions">
        <label className="button">
          {texts.camera}
          <input className="hidden-visually" type="file" accept="image/*" capture="environment" onChange={take} />
        </label>
        <label className="button">
          {texts.choose}
          <input className="hidden-visually" type="file" multiple onChange={take} />
        </label>
      </div>
      <label className="check">
        <input type="checkbox" checked={original} onChange={({ target }) => setOriginal(target.checked)} />
        {texts.original}
      </label>
      <ul className="files">
        {files.map((file) => (
          <li key={file.key}>
            <Thumbnail file={file} />
            <span className="file-name">
              {file.name} <span className="muted number">{sizeInWords(file.bytes.byteLength)}</span>
            </span>
            <button
              type="button"
              className="button"
              aria-label={texts.remove(file.name)}
              onClick={() => onChange(files.filter(({ key }) => key !== file.key))}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      {files.length > 0 && <p className="muted">{texts.total(files.length, sizeInWords(total))}</p>}
    </fieldset>
  );
}

function Thumbnail({ file: { bytes, type } }: { file: OutboxFile }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!/^image\/(jpeg|png|webp)$/.test(type)) return;
    const made = URL.createObjectURL(new Blob([bytes], { type }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, type]);
  return url === undefined ? null : <img src={url} alt="" width="56" height="56" />;
}

export const sizeInWords = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** What a browser cannot draw (HEIC, documents) goes as it is. */
async function asSent(file: File, original: boolean): Promise<OutboxFile> {
  const key = newKey();
  const smaller = original || !file.type.startsWith('image/') ? undefined : await shrunk(file).catch(() => undefined);
  if (!smaller || smaller.size >= file.size)
    return { key, name: file.name, type: file.type || 'application/octet-stream', bytes: await bytesOf(file) };
  return { key, name: `${file.name.replace(/\.\w+$/, '')}.jpg`, type: 'image/jpeg', bytes: await bytesOf(smaller) };
}

/** `Blob.arrayBuffer` is newer than some browsers here. */
const bytesOf = (blob: Blob): Promise<ArrayBuffer> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as ArrayBuffer);
    reader.onerror = () => reject(reader.error);
    reader.readAsArrayBuffer(blob);
  });

async function shrunk(file: File): Promise<Blob | undefined> {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const scale = Math.min(1, LONGEST_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/jpeg', 0.82));
  } finally {
    URL.revokeObjectURL(url);
  }
}
