/** The title of the page and its icon: a drill is marked in both, and what waits is counted. */
import { useEffect } from 'react';
import { commonTexts } from '../texts/zh-CN/common.js';

const ICON = '/icon.svg';

function drawn(drill: boolean, count: number): string {
  const ground = drill ? '#4a148c' : '#0b5cad';
  const mark = count > 99 ? '99' : String(count);
  const badge = `<circle cx="21" cy="21" r="11" fill="#b71c1c"/><text x="21" y="26" font-size="14" font-family="sans-serif" font-weight="700" text-anchor="middle" fill="#fff">${mark}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="${ground}"/><circle cx="13" cy="12" r="6" fill="#ffd600"/>${count > 0 ? badge : ''}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** `count`: what somebody has to look at. Example: `(3) 【演练】值班 · 晴空`. */
export function usePageTitle(
  title: string,
  { drill = false, count = 0 }: { drill?: boolean; count?: number } = {},
): void {
  useEffect(() => {
    document.title = `${count > 0 ? `(${count}) ` : ''}${drill ? commonTexts.drillMark : ''}${title} · ${commonTexts.product}`;
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (icon) icon.href = drill || count > 0 ? drawn(drill, count) : ICON;
  }, [title, drill, count]);
}
