import { setMaxListeners } from 'node:events';
import type { ChannelMessage } from '../channels/channel.js';

/** A signal that never aborts. */
export const NEVER = new AbortController().signal;
setMaxListeners(0, NEVER);

export const message = (over: Partial<ChannelMessage> = {}): ChannelMessage => ({
  key: 'episode-1/unit:education:3/liaison:1/wecom',
  at: Date.parse('2015-11-27T14:00:00+08:00'),
  to: { name: '联络员', address: 'duty' },
  subject: '【演练】【红色预警·I级响应】启动应急响应',
  text: '区教育局：\n\n请于2015年11月27日14时30分前确认。\n',
  link: 'https://qingkong.example/episodes/episode-1/units/education',
  ...over,
});
