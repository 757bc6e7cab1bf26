/** Ant Design in our colours, read from tokens.css: its own fail the contrast that axe asks for. */
import { type ThemeConfig, theme } from 'antd';

const value = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export function antdTheme(dark: boolean): ThemeConfig {
  return {
    algorithm: dark ? [theme.darkAlgorithm, theme.compactAlgorithm] : theme.compactAlgorithm,
    cssVar: { key: 'qingkong' },
    token: {
      colorPrimary: value('--primary'),
      colorTextLightSolid: value('--on-primary'),
      colorText: value('--ink'),
      colorTextSecondary: value('--muted'),
      colorTextTertiary: value('--muted'),
      colorTextDescription: value('--muted'),
      colorTextPlaceholder: value('--muted'),
      colorError: value('--bad'),
      colorBgContainer: value('--card'),
      colorBgElevated: value('--card'),
      colorBorder: value('--line-strong'),
      fontFamily: value('--font'),
      fontSize: 14,
      borderRadius: 6,
      controlHeight: 32,
      motion: false,
    },
  };
}
