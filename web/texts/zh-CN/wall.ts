/** Words of the wall display. */
const ofPages = (name: string, page: number, pages: number) => (pages > 1 ? `${name}（${page}/${pages}）` : name);

export const wallTexts = {
  title: '大屏',
  none: '目前没有生效的重污染天气预警',
  checked: (time: string) => `最近一次核对 ${time}`,
  announced: (at: string) => `${at} 起生效`,
  since: (at: string) => `${at} 启动`,
  until: (at: string) => `预计 ${at} 结束`,
  untilTold: '结束时间另行通知',
  response: (level: string) => `${level}应急响应`,
  warning: (level: string) => `${level}预警`,
  public: '公众防护',
  advice: (page: number, pages: number) => ofPages('建议措施', page, pages),
  pollutant: '首要污染物',
  area: '范围',
  units: (page: number, pages: number) => ofPages('各责任单位', page, pages),
  counts: { confirmed: '已确认', unreachable: '未送达', late: '超时未确认', missing: '缺报' },
  states: {
    unreachable: '未送达',
    late: '超时未确认',
    missing: '缺报',
    soon: '即将到期',
    confirmed: '已确认',
    waiting: '待确认',
    none: '—',
  },
  drill: '【演练】不是真实预警',
} as const;
