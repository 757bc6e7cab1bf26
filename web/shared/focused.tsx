/** The field in it has the focus when it appears: the step before had it, and is gone. */
import { type ReactNode, useEffect, useRef } from 'react';

export function Focused({ children }: { children: ReactNode }) {
  const around = useRef<HTMLDivElement>(null);
  useEffect(() => around.current?.querySelector<HTMLElement>('input, button')?.focus(), []);
  return <div ref={around}>{children}</div>;
}
