/** How a page looks where a machine can tell: whether it is wider than its window, and whether words are cut off. */
import type { Page } from 'playwright-core';

/** Runs in the page. Text that says by three dots that it goes on, or scrolls, is not cut. */
const FIND = `(() => {
  const found = [];
  const told = (element) => element.outerHTML.replace(/\\s+/g, ' ').slice(0, 160);
  const hasWords = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const out = [...document.querySelectorAll('body *')].filter(
      (element) => element.getBoundingClientRect().right > root.clientWidth + 1 && !element.closest('.scroller'),
    );
    found.push('wider than the window: ' + root.scrollWidth + ' > ' + root.clientWidth + ' ' + out.slice(0, 3).map(told));
  }
  for (const element of document.querySelectorAll('body *')) {
    if (!hasWords(element) || !element.checkVisibility() || element.clientWidth <= 1 || element.closest('[title], select, textarea, svg')) continue;
    const style = getComputedStyle(element);
    if (style.visibility === 'hidden' || style.display === 'inline' || style.textOverflow === 'ellipsis') continue;
    const scrolls = (way) => way === 'auto' || way === 'scroll';
    const isCut =
      (!scrolls(style.overflowX) && element.scrollWidth > element.clientWidth + 1) ||
      (style.overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 1);
    if (isCut) found.push('words that are cut off or spill: ' + told(element));
  }
  return found;
})()`;

const DRAWN = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/** What is wrong at these widths, or at the window's own. */
export async function uglyAt(page: Page, widths: readonly number[] = []): Promise<string[]> {
  const before = page.viewportSize()!;
  const found: string[] = [];
  for (const width of widths.length === 0 ? [before.width] : widths) {
    if (width !== page.viewportSize()!.width) await page.setViewportSize({ ...before, width });
    await page.evaluate(DRAWN);
    found.push(...(await page.evaluate<string[]>(FIND)).map((one) => `${width} px: ${one}`));
  }
  if (page.viewportSize()!.width !== before.width) await page.setViewportSize(before);
  return found;
}
