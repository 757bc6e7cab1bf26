/** A unit joins during an episode, with the people who answer for it (§2.2). */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { SelectField, TextField } from '../../shared/forms.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { ChoiceField, choicesOf } from '../fields.js';
import { useKeptDraft } from '../kept-draft.js';
import { ActDialog } from './act-dialog.js';
import { type GivenPerson, PeopleFields, peopleGiven } from './people-fields.js';

const texts = actTexts.join;

interface Typed {
  which?: 'known' | 'new';
  unitId: string;
  name: string;
  kind: Schemas['UnitKind'];
  people: GivenPerson[];
}

const EMPTY: Typed = { unitId: '', name: '', kind: 'department', people: [] };

export interface JoinDialogProps {
  episodeId: string;
  drill: boolean;
  /** Those that take part already. */
  present: ReadonlySet<string>;
  onClose: () => void;
  onDone: (what: string, seq: number) => void;
}

export function JoinDialog({ episodeId, drill, present, onClose, onDone }: JoinDialogProps): ReactNode {
  const directory = useQuery({ queryKey: ['units'], queryFn: () => answered(api.GET('/api/v1/units')) });
  const known = (directory.data?.items ?? []).filter(({ unitId }) => !present.has(unitId));
  const kept = useKeptDraft(`joining/${episodeId}`, EMPTY);
  const { which, unitId, name, kind, people } = kept.draft;
  const isKnown = (which ?? (known.length > 0 ? 'known' : 'new')) === 'known';
  const contacts = peopleGiven(people);
  const body: Schemas['UnitRequest'] = isKnown ? { unitId, contacts } : { name, kind, contacts };
  return (
    <ActDialog
      title={texts.title}
      drill={drill}
      episodeId={episodeId}
      what={texts.what}
      body={body}
      send={(given, key) =>
        answered(
          api.POST('/api/v1/episodes/{episodeId}/units', {
            params: { path: { episodeId }, header: under(key) },
            body: given,
          }),
        )
      }
      submit={texts.submit}
      kept={kept}
      onClose={onClose}
      onDone={(seq) => onDone(texts.title, seq)}
    >
      {(wrong) => (
        <>
          {known.length > 0 && (
            <ChoiceField
              label={texts.which}
              choices={[
                { value: 'known', label: texts.known },
                { value: 'new', label: texts.isNew },
              ]}
              value={isKnown ? 'known' : 'new'}
              onChoice={(one) => kept.set({ which: one as 'known' | 'new' })}
            />
          )}
          {isKnown ? (
            <SelectField
              label={texts.known}
              required
              wrong={wrong.unitId}
              choices={[
                { value: '', label: texts.choose },
                ...known.map((unit) => ({ value: unit.unitId, label: unit.name })),
              ]}
              value={unitId}
              onChoice={(one) => kept.set({ unitId: one })}
            />
          ) : (
            <>
              <TextField
                label={texts.name}
                required
                wrong={wrong.name ?? wrong.unitId}
                value={name}
                onChange={({ target }) => kept.set({ name: target.value })}
              />
              <ChoiceField
                label={texts.kind}
                wrong={wrong.kind}
                choices={choicesOf(texts.kinds)}
                value={kind}
                onChoice={(one) => kept.set({ kind: one as Schemas['UnitKind'] })}
              />
            </>
          )}
          <PeopleFields people={people} wrong={wrong} onChange={(changed) => kept.set({ people: changed })} />
        </>
      )}
    </ActDialog>
  );
}
