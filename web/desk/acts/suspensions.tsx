/** What rests, for whom, from when until when, and why. */
import type { ReactNode } from 'react';
import type { Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { Chip } from '../../shared/chips.js';
import type { Choice } from '../../shared/forms.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { ListTable } from '../list-table.js';

const texts = actTexts.measures;
const FEW = 3;

type Suspension = Schemas['Suspension'];

export const wordsOfItems = ({ items }: Suspension, labels: ReadonlyMap<string, string>): string =>
  items === 'all' ? texts.all : items.map((taskId) => labels.get(taskId) ?? taskId).join('；');

/** The first names, and how many they are. */
export function namesOfUnits(unitIds: readonly string[], units: readonly Choice[]): string {
  const names = unitIds.map((unitId) => units.find(({ value }) => value === unitId)?.label ?? unitId);
  return texts.ofUnits(names.slice(0, FEW).join('、'), names.length);
}

export interface SuspensionsProps {
  suspensions: readonly Suspension[];
  labels: ReadonlyMap<string, string>;
  units: readonly Choice[];
  now: number;
  /** Absent for whoever may only read. */
  resume: ((suspension: Suspension) => void) | undefined;
}

export function Suspensions({ suspensions, labels, units, now, resume }: SuspensionsProps): ReactNode {
  if (suspensions.length === 0) return <p className="muted">{texts.noSuspension}</p>;
  const heads = [...Object.values(texts.suspensionColumns), ...(resume ? [texts.act] : [])];
  return (
    <ListTable caption={texts.suspensionCaption} heads={heads}>
      {[...suspensions].reverse().map((one) => {
        const { suspensionId, unitIds, from, until, reason, status, ended } = one;
        const act = status === 'to-come' ? texts.cancel : texts.resume;
        return (
          <tr key={suspensionId}>
            <th scope="row">{wordsOfItems(one, labels)}</th>
            <td>{unitIds ? namesOfUnits(unitIds, units) : texts.allUnits}</td>
            <td className="number">
              {texts.span(momentInWords(from, now), until ? momentInWords(until, now) : texts.open)}
            </td>
            <td>{reason}</td>
            <td>
              <Chip tone={status === 'in-force' ? 'warn' : 'plain'}>{texts.states[status]}</Chip>
              {ended && <div className="small muted">{texts.ended(momentInWords(ended.at, now))}</div>}
            </td>
            {resume && (
              <td>
                {status !== 'ended' && (
                  <button
                    type="button"
                    className="link-button"
                    aria-label={`${act}：${wordsOfItems(one, labels)}`}
                    onClick={() => resume(one)}
                  >
                    {act}
                  </button>
                )}
              </td>
            )}
          </tr>
        );
      })}
    </ListTable>
  );
}
