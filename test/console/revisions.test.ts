import { expect, test } from '@jest/globals';
import { describeInConsole, PHONE, seriousFindings } from '../support/console.js';
import { finish, liftDrill, startReal } from '../support/drill.js';

const UNIT = 'education';
const DAY = 86_400_000;

/** As a `datetime-local` field takes it, in Beijing's time. */
const wallTime = (time: number) => new Date(time + 8 * 3_600_000).toISOString().slice(0, 16);

describeInConsole('what is to be revised', (bench) => {
  test('§5.2 a unit says how far it is; the office puts it off, and closes it with its filing', async () => {
    const { office } = bench.cast;
    const episode = await startReal(office);
    await liftDrill(office, episode);
    const unit = bench.cast.units.find(({ username }) => username === UNIT)!;
    const { dailyReports } = await unit.get<{ dailyReports: Array<{ date: string }> }>(`${episode}/units/${UNIT}`);
    await unit.command('PUT', `${episode}/units/${UNIT}/daily-reports/${dailyReports[0]!.date}`, {
      text: '正常',
      problems: [{ what: '未停工', where: '甲工地' }],
    });
    const dueAt = new Date(Date.now() + 9 * DAY).toISOString();
    await finish(office, episode, {
      planRevisionNeeded: true,
      revisions: [
        { what: 'plan', text: '修订联络名单', unitId: UNIT, dueAt },
        { what: 'policy', text: '放宽报送时间', dueAt },
      ],
    });
    const sound = async (page: Parameters<typeof seriousFindings>[0]) =>
      expect(await seriousFindings(page)).toEqual([]);

    const desk = await bench.signInByForm('office');
    await desk.getByRole('link', { name: '整改与修订' }).click();
    const row = desk.getByRole('row', { name: /修订联络名单/ });
    // By day it is told at once, by night in the morning.
    await row.getByText(/^(下次：)?交办，/).waitFor();
    await sound(desk);

    const phone = await bench.signInByForm(UNIT, PHONE);
    await phone.getByRole('link', { name: '整改与修订（2项未完成）' }).click();
    await phone.getByText('修订联络名单').waitFor();
    expect(await phone.getByText('放宽报送时间').count()).toBe(0);
    const card = phone.locator('section', { hasText: '修订联络名单' });
    await card.getByLabel('进展情况').fill('已起草，正在征求意见');
    await sound(phone);
    await card.getByRole('button', { name: '填写进展' }).click();
    await phone.getByRole('definition').getByText('已起草，正在征求意见').waitFor();
    await row.getByText('责任单位：已起草，正在征求意见').waitFor();

    await row.getByRole('button', { name: '改期' }).click();
    const later = desk.getByRole('dialog', { name: '改期' });
    await later.getByLabel('新的完成期限').fill(wallTime(Date.now() + 30 * DAY));
    await later.getByLabel('理由').fill('等待专家意见');
    await sound(desk);
    await later.getByRole('button', { name: '改期' }).click();
    await desk.getByText(/^改期：已记入台账，第\d+条。/).waitFor();
    await row.getByText(/改期至.*：等待专家意见$/).waitFor();
    await phone.getByText(/^改期至.*：等待专家意见$/).waitFor();

    await row.getByRole('button', { name: '登记完成' }).click();
    const close = desk.getByRole('dialog', { name: '登记完成' });
    await close.getByLabel('完成情况').fill('名单已修订印发');
    await close.getByRole('button', { name: '登记完成' }).click();
    // Without its filing it is not done: the form stays, with the server's words.
    await close
      .getByText(/完成须报备/)
      .first()
      .waitFor();
    await close.getByLabel('报备时间').fill(wallTime(Date.now() - DAY));
    await close.getByLabel('报备文号（没有的不填）').fill('水环委办〔2026〕9号');
    await sound(desk);
    await close.getByRole('button', { name: '登记完成' }).click();
    await row.getByText(/报备，水环委办〔2026〕9号$/).waitFor();
    await card.getByText('已完成', { exact: true }).waitFor();

    // What was open at the seal: the unit says itself that it is put right.
    const problem = phone.locator('section', { hasText: '甲工地：未停工' });
    await problem.getByRole('heading', { name: /^问题整改/ }).waitFor();
    await problem.getByLabel('整改情况').fill('已停工，现场复查');
    await sound(phone);
    await problem.getByRole('button', { name: '已整改到位' }).click();
    await problem.getByText('已完成', { exact: true }).waitFor();
    await desk
      .getByRole('row', { name: /甲工地：未停工/ })
      .getByText(/已停工，现场复查/)
      .waitFor();
    await sound(phone);

    await desk.goto(`${bench.address}${episode}/integrity`);
    const record = desk.getByRole('region', { name: '整改与修订的跟踪记录' });
    await record.getByText(/^完整：\d+条，链头/).waitFor();
    await sound(desk);
  });
});
