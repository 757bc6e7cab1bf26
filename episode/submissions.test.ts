/** The district's day goes to the city, and the office is reminded of it. */
import { expect, test } from '@jest/globals';
import type { CommandBody } from './commands.js';
import { digestsToSubmit } from './due.js';
import { Life, liftOf, type Post, reportOf, startOf, taken } from './testing/life.js';

const submit = (date: string, text = '情况'): CommandBody => ({ kind: 'submitDigest', date, text });

const begun = (post: Post = taken): Life => {
  const life = new Life(undefined, post);
  life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
  return life;
};
const reminders = (life: Life) =>
  life.of('digest.reminded').map(({ episodeTime, data }) => `${episodeTime.slice(5, 16)} ${data.date}`);

test('a day that was summed up goes to the city; the same text is a repeat, another one corrects it', () => {
  const life = begun();
  expect(life.do('2026-01-11 10:00', submit('2026-01-10'))).toMatchObject({ type: 'digest-missing', clause: '5.1' });
  const first = life.do('2026-01-11 10:30', submit('2026-01-10'));
  expect(first.status).toBe('accepted');
  expect(life.do('2026-01-11 10:31', submit('2026-01-10'))).toEqual({ ...first, repeated: true });
  expect(life.do('2026-01-11 10:32', submit('2026-01-10', '更正'))).toMatchObject({ repeated: false });
  expect(life.do('2026-01-11 10:33', submit('2026-01-09'))).toMatchObject({ type: 'digest-missing' });
  const [sent, corrected] = life.of('digest.submitted');
  expect(corrected!.data).toMatchObject({ date: '2026-01-10', text: '更正', corrects: sent!.seq });
  const toCity = life.of('notification.sent').filter(({ data }) => data.to === 'city');
  expect(toCity.map(({ data }) => data.message)).toEqual([`city:${sent!.seq}`, `city:${corrected!.seq}`]);
});

test('the office is reminded at the hour of the policy, of each day that has not gone', () => {
  const life = begun();
  life.do('2026-01-11 13:59', submit('2026-01-10'));
  life.passTo('2026-01-13 12:00');
  expect(reminders(life)).toEqual(['01-12T14:00 2026-01-11']);
  expect(digestsToSubmit(life.state)).toEqual(['2026-01-11', '2026-01-12']);
});

test('after an outage the office is reminded once, of the last day', () => {
  const life = begun();
  life.take(Date.parse('2026-01-14T16:00:00+08:00'), []);
  life.passTo('2026-01-14 16:00');
  expect(reminders(life)).toEqual(['01-14T16:00 2026-01-13']);
});

test('after an outage that ends at night the office is reminded in the morning', () => {
  const life = begun();
  life.take(Date.parse('2026-01-12T02:00:00+08:00'), []);
  life.passTo('2026-01-12 10:00');
  expect(reminders(life)).toEqual(['01-12T09:00 2026-01-10']);
});

test('a reminder that still waits is withdrawn with the submission of its day, not of another one', () => {
  const life = begun(({ to }) => (to.kind === 'office' ? 'under way' : taken()));
  life.passTo('2026-01-12 14:00');
  const waiting = () => Object.values(life.state.messages).filter(({ asks }) => asks !== undefined);
  expect(waiting().map(({ asks }) => asks)).toEqual([{ digestOf: '2026-01-11' }]);
  life.take(Date.parse('2026-01-12T14:30:00+08:00'), [life.command(submit('2026-01-10'))]);
  expect(waiting()).toHaveLength(1);
  life.take(Date.parse('2026-01-12T14:31:00+08:00'), [life.command(submit('2026-01-11'))]);
  expect(waiting()).toEqual([]);
});

test('the last day goes after lifting too, until the record is closed', () => {
  const life = begun();
  life.do('2026-01-11 20:00', liftOf('2026-01-11 20:00'));
  life.do('2026-01-12 09:00', reportOf('education', '2026-01-11'));
  life.passTo('2026-01-12 15:00');
  expect(reminders(life)).toEqual(['01-11T14:00 2026-01-10', '01-12T14:00 2026-01-11']);
  expect(life.do('2026-01-12 15:00', submit('2026-01-11')).status).toBe('accepted');
});

test('lifted before it began, there is no day to send', () => {
  const life = new Life();
  life.do('2026-01-10 14:00', startOf('2026-01-10 14:00', 'yellow', '2026-01-11 08:00'));
  life.do('2026-01-10 20:00', liftOf('2026-01-10 20:00'));
  expect(life.do('2026-01-12 14:00', submit('2026-01-11'))).toMatchObject({ type: 'digest-missing' });
  expect(reminders(life)).toEqual([]);
});
