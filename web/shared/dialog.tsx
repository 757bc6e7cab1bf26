/** A native dialog: focus stays inside, Escape closes it, and the page behind keeps all that was typed. */
import { type ReactNode, useEffect, useId, useRef } from 'react';

export interface DialogProps {
  title: string;
  /** Absent: it cannot be closed. */
  onClose?: (() => void) | undefined;
  children: ReactNode;
  className?: string;
}

export function Dialog({ title, onClose, children, className = '' }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current!;
    const before = document.activeElement;
    if (typeof shown.showModal === 'function') shown.showModal();
    else {
      shown.setAttribute('open', '');
      shown.classList.add('drawn');
      shown.querySelector<HTMLElement>('input, button')?.focus();
    }
    return () => {
      shown.close?.();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`dialog ${className}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
