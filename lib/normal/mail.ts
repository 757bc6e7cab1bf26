import { bare, compact, LONGEST_VALUE, plain } from './text.js';

/** A full stop as a Chinese input method writes it. */
const STOP = /[。｡]/gu;
/** Punctuation that is glued to an address in a sentence or a list. */
const AROUND = /^[\s<("'[{,;:.、《]+|[\s>)"'\]},;:.、》]+$/gu;
/** A word without a colon behind it, and what a link adds to its address. */
const PREFIX = /^(邮箱|电子邮箱|邮件|e-?mail) (?=\S)/iu;
const OF_LINK = /^(mailto:[^?]*)\?.*$/iu;
/** `王伟 <ww@x.cn>`, `王伟(ww@x.cn)` */
const NAMED = /^[^<>()@]*[<(]\s*([^<>()\s]+@[^<>()\s]+)\s*[>)]$/u;

const LOCAL = /^(?!\/)[a-z0-9_!#$%&'*+/=?^`{|}~-]+(\.[a-z0-9_!#$%&'*+/=?^`{|}~-]+)*$/i;
const HOST = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59})$/i;
/** White space that is typed beside a sign. Elsewhere it stands between two values. */
const BESIDE_SIGN = / ?([@.]) ?/g;

/** The one address of mail in a cell: `ww＠x。cn`, `mailto:ww@x.cn` and `王伟<ww@x.cn>` are `ww@x.cn`. Case is kept. */
export function mailIn(typed: string): string | undefined {
  if (typed.length > LONGEST_VALUE) return undefined;
  const text = bare(plain(typed).replaceAll(STOP, '.').replace(OF_LINK, '$1')).replace(PREFIX, '');
  const address = (NAMED.exec(text)?.[1] ?? text).replaceAll(AROUND, '').replaceAll(BESIDE_SIGN, '$1');
  const [local = '', host = '', ...more] = address.split('@');
  const domain = asciiOf(host);
  return more.length === 0 && LOCAL.test(local) && HOST.test(domain) ? `${local}@${domain}` : undefined;
}

/** An address to compare. No server in use tells the case of letters apart. */
export const normalMail = (typed: string): string => (mailIn(typed) ?? compact(typed)).toLowerCase();

/** A domain in Chinese as it stands in DNS. */
function asciiOf(host: string): string {
  if (/^[\x21-\x7e]*$/.test(host)) return host;
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return '';
  }
}
