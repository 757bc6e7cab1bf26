import { expect, test } from '@jest/globals';
import { describeInConsole, PHONE, seriousFindings } from '../support/console.js';
import { startDrill } from '../support/drill.js';

const UNIT = 'street-shirenzigou';
const NAME = '石人子沟街道办事处';
const PDF = { name: '通报.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') };
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describeInConsole('circulars', (bench) => {
  test('§5.1, §7 the office issues one, a unit acknowledges and answers with a photograph, the office closes', async () => {
    const episode = await startDrill(bench.cast.office, {
      timeScale: 60,
      policy: { circularAcknowledgementMinutes: 600 },
    });
    const sound = async (page: Parameters<typeof seriousFindings>[0]) =>
      expect(await seriousFindings(page)).toEqual([]);
    const desk = await bench.signInByForm('office');
    await desk.goto(`${bench.address}${episode}/circulars`);
    await desk.getByText('还没有通报。').waitFor();
    await sound(desk);

    await desk.getByRole('button', { name: '发通报' }).click();
    const issue = desk.getByRole('dialog', { name: '【演练】发通报' });
    await issue.getByLabel('区环委办的通报').check();
    await issue.getByLabel('标题').fill('关于落实不到位的通报');
    await issue.getByLabel('正文').fill('经查，某工地未停工。\n请立即整改。');
    await issue.getByLabel('在“发给”中查找').fill('街道');
    await issue.getByLabel(NAME).check();
    await issue.getByLabel('七纺街道办事处').check();
    await issue.getByLabel('附件').setInputFiles(PDF);
    await issue.getByText('通报.pdf').waitFor();
    await issue.getByText(/^给2个单位发通报/).waitFor();
    await sound(desk);
    // A time that has passed on the drill's clock: the form stays, with the server's words.
    await issue.getByLabel('答复期限（演练时间）').fill('2015-01-01T08:00');
    await issue.getByRole('button', { name: '发出' }).click();
    await issue
      .getByText(/^答复期限.*已经过去/)
      .first()
      .waitFor();
    await issue.getByLabel('答复期限（演练时间）').fill('2016-01-01T08:00');
    await issue.getByRole('button', { name: '发出' }).click();
    await desk.getByText(/发通报：已记入台账，第\d+条。/).waitFor();
    await desk.getByRole('link', { name: '关于落实不到位的通报' }).click();
    await desk.getByRole('rowheader', { name: NAME }).waitFor();
    await sound(desk);

    const phone = await bench.signInByForm(UNIT, PHONE);
    await phone.getByRole('link', { name: /^确认通报：关于落实不到位的通报/ }).click();
    await phone.getByText('请立即整改。').waitFor();
    await sound(phone);
    await phone.getByRole('button', { name: '确认收到通报' }).click();
    await phone.getByText(/^已确认，/).waitFor();
    await phone.getByLabel('采取的措施和整改情况').fill('已停工，裸土已苫盖');
    await phone.getByLabel('从相册或文件选').setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: PIXEL });
    await phone.getByText('1个文件').waitFor();
    await sound(phone);
    await phone.getByRole('button', { name: '答复', exact: true }).click();
    await phone.getByText(/^已于.*答复：/).waitFor();

    await desk.getByText('已停工，裸土已苫盖').waitFor();
    await desk.getByRole('button', { name: '催办未办的单位' }).click();
    const urge = desk.getByRole('dialog', { name: '【演练】催办通报' });
    await urge.getByText(/^立即催办1个没有办的单位/).waitFor();
    await sound(desk);
    await urge.getByRole('button', { name: '催办', exact: true }).click();
    await desk.getByText(/催办通报：已记入台账，第\d+条。/).waitFor();

    await desk.getByRole('button', { name: '代为答复：七纺街道办事处' }).click();
    const rang = desk.getByRole('dialog', { name: '【演练】代为答复通报：七纺街道办事处' });
    await rang.getByLabel('来电人').fill('李工');
    await rang.getByLabel('采取的措施和整改情况').fill('电话答复：已覆盖裸土');
    await sound(desk);
    await rang.getByRole('button', { name: '记入台账' }).click();
    await desk.getByRole('cell', { name: /电话答复：已覆盖裸土/ }).waitFor();

    await desk.getByRole('button', { name: `办结：${NAME}` }).click();
    const close = desk.getByRole('dialog', { name: `【演练】办结通报：${NAME}` });
    await close.getByLabel('办结的说明').fill('现场复查，已整改到位');
    await sound(desk);
    await close.getByRole('button', { name: '办结', exact: true }).click();
    await desk.getByRole('cell', { name: /办结：现场复查，已整改到位$/ }).waitFor();
    await phone.getByText('现场复查，已整改到位').waitFor();
    await phone.goto(`${bench.address}/u/circulars`);
    await phone.getByRole('link', { name: /关于落实不到位的通报/ }).waitFor();
    await sound(phone);

    await desk.getByRole('link', { name: '文件', exact: true }).click();
    await desk.getByRole('row', { name: /^关于落实不到位的通报 已发出 .*原件 DOCX/ }).waitFor();
    await desk.getByRole('row', { name: /发出通报“关于落实不到位的通报”.*下载原件：台账第\d+条/ }).waitFor();
    await sound(desk);
  });
});
