import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** The libraries write the moment at which they work, and chance names, into the parts, and the archive its own moment. */
export function unmarked(archive, date) {
  const rename = renaming();
  const parts = Object.entries(unzipSync(archive)).map(([name, bytes]) => {
    // The numbers of a chart are a workbook inside.
    if (name.endsWith('.xlsx')) return [name, unmarked(bytes, date)];
    if (!/\.(?:xml|rels)$/.test(name)) return [name, bytes];
    const text = strFromU8(bytes);
    const timeless =
      name === 'docProps/core.xml' ? text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, `${date}T00:00:00Z`) : text;
    return [name, strToU8(rename(timeless))];
  });
  return zipSync(Object.fromEntries(parts), { mtime: new Date(`${date}T00:00:00`) });
}

/** A name by chance becomes the next of the file, apart from names such as `rId1`; so does a number that a process counts on. */
function renaming() {
  const names = new Map();
  let drawings = 0;
  const nameOf = (chance) => names.get(chance) ?? names.set(chance, `x${names.size + 1}`).get(chance);
  return (text) =>
    text
      .replaceAll(/(?<="(?:rId|PowerPlusWaterMarkObject))[\w-]{21}(?=")/g, nameOf)
      .replaceAll(/(?<=<wp:docPr id=")\d+/g, () => `${++drawings}`);
}

/** XML takes no control characters but these, and no characters that are none. */
export const printable = (text) => text.replaceAll(/[^\P{Cc}\t\n]|\p{Noncharacter_Code_Point}/gu, '\ufffd');
