/** Words that are guessed first, and those of this system. */
const COMMON = [
  ...[
    'password',
    'passwd',
    'pass',
    'admin',
    'administrator',
    'root',
    'user',
    'guest',
    'test',
    'demo',
    'login',
    'master',
  ],
  ...['welcome', 'letmein', 'changeme', 'default', 'secret', 'monkey', 'dragon', 'hello', 'sunshine', 'princess'],
  ...[
    'football',
    'baseball',
    'superman',
    'batman',
    'love',
    'you',
    'china',
    'woaini',
    'mima',
    '密码',
    'huanbao',
    '环保',
  ],
  ...[
    'qingkong',
    '晴空',
    'shuimogou',
    '水磨沟',
    'urumqi',
    'wulumuqi',
    '乌鲁木齐',
    'xinjiang',
    '新疆',
    'office',
    'unit',
  ],
  ...['spring', 'summer', 'autumn', 'winter', 'temporal'],
];

const LENGTH_OF_RUN = 3;
const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv'];
const RUNS = ROWS.flatMap((row) => [row, [...row].reverse().join('')]).flatMap((row) =>
  Array.from({ length: row.length - LENGTH_OF_RUN + 1 }, (_, i) => row.slice(i, i + LENGTH_OF_RUN)),
);

/** `p@ssw0rd`, and digits typed with the shift key. */
const AS_LETTERS: Record<string, string> = {
  '@': 'a',
  $: 's',
  '!': 'i',
  0: 'o',
  1: 'l',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
};
const AS_DIGITS: Record<string, string> = Object.fromEntries(
  [...')!@#$%^&*('].map((sign, digit) => [sign, `${digit}`]),
);

const REPEATED = /(.)\1{2,}/gu;
const YEAR = /(19|20)\d\d/g;

/**
 * The characters of a password that are left when common words, the account's own words, rows of the keyboard,
 * repetitions and years are taken away. `Finance@2025` of the account `finance` leaves `@`.
 */
export function unguessedPart(password: string, ownWords: readonly string[]): string {
  const text = password.normalize('NFKC').toLowerCase();
  const respelt = (table: Record<string, string>) => text.replaceAll(/./g, (sign) => table[sign] ?? sign);
  const words = [...COMMON, ...ownWords.map((word) => word.toLowerCase()), ...RUNS].filter((word) => word.length > 1);
  const guessed = new Set<number>();
  const mark = (start: number, length: number): void => {
    for (let i = start; i < start + length; i += 1) guessed.add(i);
  };
  for (const spelling of [text, respelt(AS_LETTERS), respelt(AS_DIGITS)]) {
    for (const word of words)
      for (let at = spelling.indexOf(word); at >= 0; at = spelling.indexOf(word, at + 1)) mark(at, word.length);
    for (const pattern of [REPEATED, YEAR])
      for (const { 0: found, index } of spelling.matchAll(pattern)) mark(index, found.length);
  }
  return Array.from({ length: text.length }, (_, i) => text[i])
    .filter((_, i) => !guessed.has(i))
    .join('');
}
