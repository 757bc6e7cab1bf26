/** Photographs in HEIF files (ISO/IEC 23008-12): their brands tell the codec. */

/** By brand. `mif1`, `msf1` and the like say only that it is a picture. */
const TYPES: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  avis: 'image/avif',
  heic: 'image/heic',
  heix: 'image/heic',
  heim: 'image/heic',
  heis: 'image/heic',
  hevc: 'image/heic-sequence',
  hevx: 'image/heic-sequence',
  hevm: 'image/heic-sequence',
  hevs: 'image/heic-sequence',
};
const SEQUENCES = ['msf1', 'avcs'];
const PICTURES = [...Object.keys(TYPES), ...SEQUENCES, 'mif1', 'mif2', 'mif3', 'miaf', 'MiHE', 'MiHB', 'avci', 'jpeg'];

/** The media type of a photograph, from the beginning of its file. `undefined`: a video, or another file. */
export function heifType(head: Buffer): string | undefined {
  if (head.toString('latin1', 4, 8) !== 'ftyp') return undefined;
  const brands = brandsIn(head);
  const [major = ''] = brands;
  if (!PICTURES.includes(major)) return undefined;
  const told = brands.find((brand) => Object.hasOwn(TYPES, brand));
  return told ? TYPES[told] : SEQUENCES.includes(major) ? 'image/heif-sequence' : 'image/heif';
}

/** The major brand, then the compatible ones. Between them is the minor version. */
function brandsIn(head: Buffer): string[] {
  const end = Math.min(head.readUInt32BE(0), head.length);
  const brands: string[] = [];
  for (let at = 8; at + 4 <= end; at += 4) if (at !== 12) brands.push(head.toString('latin1', at, at + 4));
  return brands;
}
