/** Files that go with what the office writes: uploaded as soon as they are chosen. */
import { type ReactNode, useId, useRef, useState } from 'react';
import { answered, api, newKey, under } from '../shared/api.js';
import { FieldFrame, type FieldProps, useSubmission } from '../shared/forms.js';
import { FaultNotice } from '../shared/states.js';
import { noticeTexts as texts } from '../texts/zh-CN/notices.js';
import { fileForm } from './file-form.js';

const KINDS = 'image/*,.pdf,.ofd,.doc,.docx,.xls,.xlsx,.wps,.et';

export interface GivenAttachment {
  attachmentId: string;
  name: string;
}

export interface AttachmentsFieldProps extends FieldProps {
  attachments: readonly GivenAttachment[];
  onChange: (attachments: GivenAttachment[]) => void;
}

export function AttachmentsField({ attachments, onChange, ...field }: AttachmentsFieldProps): ReactNode {
  const id = useId();
  const chosen = useRef<File>(undefined);
  const [remarks, setRemarks] = useState<readonly string[]>([]);
  const submission = useSubmission(async () => {
    const file = chosen.current!;
    const { attachmentId, remarks: told = [] } = await answered(
      api.POST('/api/v1/attachments', { params: { header: under(newKey()) }, ...fileForm(file) }),
    );
    setRemarks(told);
    const others = attachments.filter((one) => one.attachmentId !== attachmentId);
    onChange([...others, { attachmentId, name: file.name }]);
  });
  return (
    <>
      <FieldFrame id={id} {...field}>
        <input
          id={id}
          type="file"
          className="input"
          accept={KINDS}
          disabled={submission.busy}
          onChange={({ target }) => {
            chosen.current = target.files?.[0];
            if (chosen.current) void submission.run().finally(() => (target.value = ''));
          }}
        />
      </FieldFrame>
      <FaultNotice fault={submission.fault} />
      {remarks.map((words) => (
        <p key={words} className="notice warn">
          {words}
        </p>
      ))}
      <ul className="lines">
        {attachments.map(({ attachmentId, name }) => (
          <li key={attachmentId}>
            {name}{' '}
            <button
              type="button"
              className="link-button"
              aria-label={texts.removeAttachment(name)}
              onClick={() => onChange(attachments.filter((one) => one.attachmentId !== attachmentId))}
            >
              {texts.remove}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
