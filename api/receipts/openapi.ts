/** The addresses of receipts in the OpenAPI document. They are no routes of the contract: nobody signs in. */

const parameters = [
  { name: 'channel', in: 'path', required: true, schema: { type: 'string', enum: ['sms', 'call'] } },
  {
    name: 'secret',
    in: 'path',
    required: true,
    description: 'CHANNELS_FILE 中该渠道 receipts 的 secret',
    schema: { type: 'string' },
  },
];
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
const FIELDS = { type: 'object', additionalProperties: true };
const responses = {
  200: { description: '收妥；内容是 CHANNELS_FILE 中的 reply，默认 {"code": 0}' },
  404: problem('没有配置这个渠道的回执，或者 secret 不对'),
  413: problem('内容过大'),
  503: problem('还不知道是否记下，请稍后再推送一次'),
};

export const receiptPaths = {
  '/receipts/{channel}/{secret}': {
    get: {
      summary: '网关用 GET 推送一条送达回执：字段在查询串中，名称按 CHANNELS_FILE；重复推送不变',
      security: [],
      parameters: [
        ...parameters,
        { name: 'fields', in: 'query', required: false, style: 'form', explode: true, schema: FIELDS },
      ],
      responses,
    },
    post: {
      summary: '网关推送送达回执或电话结果：JSON 或表单，字段按 CHANNELS_FILE；重复推送不变',
      security: [],
      parameters,
      requestBody: {
        required: false,
        content: { 'application/json': { schema: {} }, 'application/x-www-form-urlencoded': { schema: FIELDS } },
      },
      responses,
    },
  },
};
