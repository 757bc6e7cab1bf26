/** What an administrator says of an account: a name, a role, and of a unit's account its unit. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { answered, api, type Schemas } from '../../shared/api.js';
import { SelectField, TextField } from '../../shared/forms.js';
import { administrationTexts } from '../../texts/zh-CN/administration.js';
import { choicesOf } from '../fields.js';

const texts = administrationTexts.accounts;

type AccountRole = Schemas['AccountRole'];

export interface AccountDraft {
  name: string;
  role: AccountRole;
  unitId: string;
}

export const useUnits = () =>
  useQuery({ queryKey: ['units'], queryFn: () => answered(api.GET('/api/v1/units')), staleTime: 3_600_000 });

/** Of a role that is no unit's, no unit is sent. */
export const detailsOf = ({ name, role, unitId }: AccountDraft) => ({
  name: name.trim(),
  role,
  ...(role === 'unit' && { unitId }),
});

export interface AccountFieldsProps {
  draft: AccountDraft;
  set: (changes: Partial<AccountDraft>) => void;
  wrong: Record<string, string>;
  roleHint?: string;
  nameHint?: string;
}

export function AccountFields({ draft, set, wrong, roleHint, nameHint }: AccountFieldsProps): ReactNode {
  return (
    <>
      <TextField
        label={texts.name}
        hint={nameHint}
        required
        maxLength={100}
        wrong={wrong.name}
        value={draft.name}
        onChange={({ target }) => set({ name: target.value })}
      />
      <RoleFields draft={draft} set={set} wrong={wrong} hint={roleHint} />
    </>
  );
}

export interface RoleFieldsProps {
  draft: Pick<AccountDraft, 'role' | 'unitId'>;
  set: (changes: Partial<AccountDraft>) => void;
  wrong: Record<string, string>;
  hint?: string | undefined;
}

export function RoleFields({ draft: { role, unitId }, set, wrong, hint }: RoleFieldsProps): ReactNode {
  const { data } = useUnits();
  const units = (data?.items ?? []).map((unit) => ({ value: unit.unitId, label: unit.name }));
  const isKnown = unitId === '' || units.some(({ value }) => value === unitId);
  return (
    <>
      <SelectField
        label={texts.role}
        hint={hint}
        choices={choicesOf(administrationTexts.roles)}
        wrong={wrong.role}
        value={role}
        onChoice={(value) => set({ role: value as AccountRole })}
      />
      {role === 'unit' && (
        <SelectField
          label={texts.unit}
          required
          // One that has joined is in no directory.
          choices={[
            { value: '', label: texts.pickUnit },
            ...units,
            ...(isKnown ? [] : [{ value: unitId, label: unitId }]),
          ]}
          wrong={wrong.unitId}
          value={unitId}
          onChoice={(value) => set({ unitId: value })}
        />
      )}
    </>
  );
}
