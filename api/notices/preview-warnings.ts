/** What the office should know before it enters a notice. */
import type { Foreseen } from '../../episode/foresee.js';
import { nameOf } from '../../episode/state.js';
import type { NoticeState } from '../../episode/state-types.js';
import type { Database } from '../../ledger/database.js';
import { rostersOf } from '../../ledger/people/roster.js';
import { gapsIn } from '../../plan/people/roster.js';
import { beijingIso, HOUR } from '../../plan/rules/calendar.js';
import { WARNING_LEVELS } from '../../plan/types.js';
import { noticeName, timeBriefly, warningName } from '../../plan/wording/words.js';
import { illChannels } from '../engine/channel-health.js';
import type { UnreachableRow } from './preview-people.js';

interface Warning {
  kind: 'unreachable' | 'roster-gap' | 'channel-ill' | 'text' | 'entered-late' | 'overtakes';
  detail: string;
  unitId?: string;
}

export const warningsOfNotice = async (
  database: Database,
  said: Foreseen,
  unreachable: readonly UnreachableRow[],
  text: string | undefined,
): Promise<Warning[]> => [
  ...ofText(said.notice, text),
  ...ofTimes(said),
  ...(await illChannels(database)).map(({ detail }) => ({ kind: 'channel-ill' as const, detail })),
  ...ofUnits(said, unreachable),
  ...(await ofRosters(database, said)),
];

/** The text that was pasted names another level, or another act. */
function ofText({ kind, cityLevel }: NoticeState, text = ''): Warning[] {
  const named = WARNING_LEVELS.filter((level) => text.includes(warningName(level)));
  const other = kind !== 'lift' && named.length > 0 && !named.includes(cityLevel);
  const names = named.map(warningName).join('、');
  return [
    ...(other
      ? [{ kind: 'text' as const, detail: `通知原文写的是${names}，填写的市级级别是${warningName(cityLevel)}，请核对` }]
      : []),
    ...(kind !== 'lift' && /解除/.test(text) && !/启动|调整|升级|降级/.test(text)
      ? [{ kind: 'text' as const, detail: '通知原文像是解除通知，请核对是否应当解除' }]
      : []),
    ...(kind === 'lift' && text !== '' && !/解除|终止/.test(text)
      ? [{ kind: 'text' as const, detail: '通知原文中没有“解除”，请核对是否应当解除' }]
      : []),
  ];
}

function ofTimes({ notice, now, overtakes }: Foreseen): Warning[] {
  const late = now - notice.effectiveAt >= HOUR;
  return [
    ...(late
      ? [
          {
            kind: 'entered-late' as const,
            detail: `通知已于${timeBriefly(beijingIso(notice.effectiveAt))}生效，录入较晚，请核对时间；各项期限自录入起算`,
          },
        ]
      : []),
    ...overtakes.map((one) => ({
      kind: 'overtakes' as const,
      detail: `${noticeName(one)}（${timeBriefly(beijingIso(one.effectiveAt))}生效）将被本通知取代，不再生效，请核对`,
    })),
  ];
}

/** A unit of which nobody can be told. */
const ofUnits = ({ units }: Foreseen, unreachable: readonly UnreachableRow[]): Warning[] => {
  const names = new Map(unreachable.map(({ unitId, name }) => [unitId, name]));
  return units.flatMap(({ unit: { unitId }, message }) => {
    const name = names.get(unitId);
    if (!message || name === undefined) return [];
    const lost = unreachable.filter((one) => one.unitId === unitId).map(({ person }) => person);
    const who = lost.flatMap((person) => person ?? []).join('、');
    const detail =
      who === ''
        ? `${name}没有联系人，通知送不到，请打电话`
        : `${name}的${who}没有可用的联系渠道，通知送不到本人，请补上或打电话`;
    return [{ kind: 'unreachable' as const, unitId, detail }];
  });
};

/** Nobody is rostered in the day to come. */
async function ofRosters(database: Database, { state, units, now }: Foreseen): Promise<Warning[]> {
  const span = { from: now, until: now + 24 * HOUR };
  const unitIds = units.map(({ unit }) => unit.unitId);
  const rosters = await rostersOf(database, unitIds, span);
  return unitIds.flatMap((unitId) => {
    const [gap] = gapsIn(rosters.get(unitId)!, span.from, span.until);
    if (!gap) return [];
    const hours = `${timeBriefly(beijingIso(gap.from))}至${timeBriefly(beijingIso(gap.until))}`;
    return [{ kind: 'roster-gap' as const, unitId, detail: `${nameOf(state, unitId)}${hours}无人值班，请排班` }];
  });
}
