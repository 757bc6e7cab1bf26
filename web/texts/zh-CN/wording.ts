/** Words of the page about the wording of messages. */
export const wordingTexts = {
  title: '消息的文字',
  hint: '各类消息怎样写。可以在这里改一改、试排一下，不会影响正在发的消息。定稿请技术人员写进预案版本的 messages.yaml，重新启动后用于以后的过程。',
  event: '事项',
  level: '级别',
  levels: { yellow: '黄色', orange: '橙色', red: '红色' },
  fields: { subject: '主题', text: '正文', details: '细目（不填则没有）', short: '短文字（短信、群消息）' },
  preview: '试排',
  reset: '恢复现行文字',
  changed: '与现行的不同，尚未写进预案版本。',
  shown: { title: '收到的样子', sample: '按示例填写', subject: '主题', text: '邮件正文', short: '短文字' },
  page: '看邮件的网页样式（现行文字）',
  /** A mobile network takes 70 characters in one message, and 67 in each part of a longer one. */
  length: (characters: number, parts: number) => `${characters}字，短信按${parts}条计费`,
  placeholders: '可以用的占位符',
  columns: { name: '写作', about: '意思', sample: '示例' },
  optional: '可能为空',
  each: '每一行',
};
