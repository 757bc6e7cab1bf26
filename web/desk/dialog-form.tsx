/** A dialog that asks for something and sends it, marked where it is of a drill. */
import type { ReactNode } from 'react';
import { DrillStripe } from '../shared/chips.js';
import { Dialog } from '../shared/dialog.js';
import type { useSubmission } from '../shared/forms.js';
import { FaultNotice } from '../shared/states.js';
import { commonTexts } from '../texts/zh-CN/common.js';
import { FoundDraft, type Kept } from './found-draft.js';

export interface DialogFormProps {
  title: string;
  drill?: boolean;
  submission: ReturnType<typeof useSubmission>;
  submit: string;
  /** `danger`: it cannot be taken back. */
  tone?: 'primary' | 'danger';
  /** Nothing is chosen that could be sent. */
  isEmpty?: boolean;
  /** What was typed; whoever sends it clears it. Absent: nothing is typed, or only what no browser may keep. */
  kept?: Kept;
  onClose: () => void;
  children: ReactNode;
}

export function DialogForm(props: DialogFormProps): ReactNode {
  const {
    title,
    drill = false,
    submission,
    submit,
    tone = 'primary',
    isEmpty = false,
    kept,
    onClose,
    children,
  } = props;
  return (
    <Dialog title={`${drill ? commonTexts.drillMark : ''}${title}`} onClose={onClose}>
      <DrillStripe drill={drill} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submission.run();
        }}
      >
        {kept && <FoundDraft kept={kept} />}
        {children}
        <FaultNotice fault={submission.fault} />
        <div className="actions">
          <button type="submit" className={`button ${tone}`} disabled={submission.busy || isEmpty}>
            {submit}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {commonTexts.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
