/** In the order to look: programs that contain another name it too. `Edg/` comes with `Chrome/` and `Safari/`. */
const BROWSERS: ReadonlyArray<[RegExp, string]> = [
  [/wxwork/i, '企业微信'],
  [/DingTalk/i, '钉钉'],
  [/MicroMessenger/i, '微信'],
  [/Qaxbrowser/i, '奇安信浏览器'],
  [/QIHU|360SE|360EE/i, '360 浏览器'],
  [/UOSBrowser|UOS/i, '统信浏览器'],
  [/Edg(A|iOS)?\//, 'Edge'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const SYSTEMS: ReadonlyArray<[RegExp, string]> = [
  [/HarmonyOS|OpenHarmony/i, '鸿蒙'],
  [/Android/i, '安卓'],
  [/iPhone/i, 'iPhone'],
  [/iPad/i, 'iPad'],
  [/Windows/i, 'Windows'],
  [/Mac OS X/i, 'macOS'],
  [/Linux/i, 'Linux'],
];

const OTHER = '其他程序';

/** The kind of browser in words, as its person knows it: `微信（安卓）`. The rest of the header is not kept. */
export function deviceIn(userAgent: string | undefined): string {
  const named = (table: typeof BROWSERS) => table.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1];
  const browser = named(BROWSERS) ?? OTHER;
  const system = named(SYSTEMS);
  return system === undefined ? browser : `${browser}（${system}）`;
}
