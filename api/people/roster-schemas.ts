import { z } from 'zod';
import { label } from '../../lib/label.js';
import { type NoShift, shiftIn } from '../../lib/normal/time-of-day.js';
import { CHANNELS } from '../../plan/types.js';
import { accountRole, day, givenDay, givenInstant, instant } from '../http/schemas.js';
import { contact, contactId } from './schemas.js';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: '应按 24 小时制填写，例如 08:00' });
const count = z.number().int().min(0);

const LAST_DAY = { description: 'The last day, included' };

export const someDays = z.strictObject({
  from: givenDay.optional(),
  until: givenDay.optional().meta(LAST_DAY),
});
export const theseDays = z.strictObject({ from: givenDay, until: givenDay.meta(LAST_DAY) });

export const noShift = ({ why }: NoShift): string => `${why}，请按 24 小时制填写，例如 08:00`;

export const dutyRow = z.strictObject({
  date: givenDay,
  from: time,
  until: time.meta({ description: 'Not after `from`: on the next day' }),
  contactId,
  shift: label(50).optional(),
});

/** A row as people write it: `9点` until `次日9点`. */
const givenRow = dutyRow
  .extend({
    from: z.string().max(50),
    until: z.string().max(50).meta({ description: 'Not after `from`: on the next day' }),
  })
  .overwrite((row) => {
    const shift = shiftIn(row.from, row.until);
    return 'why' in shift ? row : { ...row, ...shift };
  })
  .superRefine((row, context) => {
    const shift = shiftIn(row.from, row.until);
    if ('why' in shift)
      context.addIssue({ code: 'custom', path: [shift.at], input: row[shift.at], message: noShift(shift) });
  })
  .meta({ id: 'DutyRow' });

export const rosterRequest = z.strictObject({ items: z.array(givenRow).max(5_000) }).meta({ id: 'RosterRequest' });

export const overrideRequest = z
  .strictObject({
    contactId,
    from: givenInstant.optional().meta({ description: 'By default, and at the earliest, now' }),
    until: givenInstant,
    reason: label(200).optional(),
  })
  .meta({ id: 'OverrideRequest' });

const named = { contactId: z.string(), name: z.string().optional() };
const gap = z.object({ from: instant, until: instant });

export const override = z
  .object({
    overrideId: z.string(),
    unitId: z.string(),
    ...named,
    from: instant,
    until: instant,
    reason: z.string().optional(),
    enteredBy: z.string(),
    enteredAt: instant,
    cancelledBy: z.string().optional(),
    cancelledAt: instant.optional(),
  })
  .meta({ id: 'Override' });

export const roster = z
  .object({
    unitId: z.string(),
    from: day,
    until: day,
    items: z.array(dutyRow.extend({ name: z.string().optional() })),
    overrides: z.array(override),
    gaps: z.array(gap),
    onDuty: z.object({
      at: instant,
      source: z.enum(['override', 'roster', 'fallback']),
      contacts: z.array(z.object(named)),
    }),
  })
  .meta({ id: 'Roster' });

export const rosters = z
  .object({ from: day, until: day, items: z.array(roster.extend({ name: z.string() })) })
  .meta({ id: 'Rosters' });

export const gaps = z
  .object({
    from: instant,
    until: instant,
    items: z.array(z.object({ unitId: z.string(), name: z.string(), gaps: z.array(gap) })),
  })
  .meta({ id: 'RosterGaps' });

const channels = z.array(z.enum(CHANNELS));

export const readiness = z
  .object({
    items: z.array(
      z.object({
        unitId: z.string(),
        name: z.string(),
        reachable: z.boolean(),
        because: z.enum(['no-contact', 'no-channel', 'placeholder']).optional(),
        contacts: z.array(
          z.object({
            contactId: z.string(),
            role: contact.shape.role,
            name: z.string(),
            channels,
            placeholders: channels,
          }),
        ),
      }),
    ),
    passwords: z
      .object({
        accounts: count.meta({ description: 'Accounts that may sign in' }),
        handedOut: z.array(
          z.object({
            accountId: z.string(),
            username: z.string(),
            name: z.string(),
            role: accountRole,
            unitId: z.string().optional(),
            hasPassword: z.boolean(),
            hasSignedIn: z.boolean(),
          }),
        ),
      })
      .meta({ description: 'Those of which nobody has chosen the password yet' }),
    drillHeld: z.boolean().meta({ description: 'A drill has been started at some time' }),
  })
  .meta({ id: 'Readiness' });

export const importPreview = z
  .object({
    importId: z.string(),
    expiresAt: instant,
    rows: count,
    changes: z.array(
      z.object({
        sheet: z.string(),
        change: z.enum(['added', 'changed', 'removed']),
        unitId: z.string(),
        unit: z.string(),
        text: z.string(),
        fields: z
          .array(z.object({ field: z.string(), column: z.string(), from: z.string(), to: z.string() }))
          .optional()
          .meta({
            description: 'Of `changed`: each field with what it was and what it becomes; empty where nothing stands',
          }),
      }),
    ),
    warnings: z
      .array(
        z.object({ sheet: z.string(), unitId: z.string().optional(), unit: z.string().optional(), detail: z.string() }),
      )
      .meta({ description: 'Nothing is wrong, but somebody should know: confirmation is possible' }),
    errors: z.array(z.object({ sheet: z.string(), row: count, column: z.string(), detail: z.string() })),
  })
  .meta({ id: 'ImportPreview', description: 'Rows are counted as a spreadsheet does: the header is row 1' });

export const importApplied = z
  .object({ importId: z.string(), confirmedAt: instant, changes: count })
  .meta({ id: 'ImportApplied' });

export const rosterPaths = {
  override: z.object({ unitId: z.string(), overrideId: z.string() }),
  import: z.object({ importId: z.string() }),
};
