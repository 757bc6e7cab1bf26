import { previewOf } from '../../plan/wording/preview.js';
import { route } from '../http/route.js';
import { atLevel, messageEvent, messages, preview, previewRequest } from './message-schemas.js';
import { messagesAnswer, previewAsked } from './messages.js';

const EDITORS = { office: 'any', administrator: 'any' } as const;

/** The wording of messages, a file of the edition. Changes can be tried out here. */
export const messageRoutes = [
  route({
    method: 'get',
    path: '/api/v1/plan/messages',
    summary: '各类通知的文字：按事项和级别的示例，以及可用的占位符',
    access: { ...EDITORS, supervisor: 'any' },
    answers: { 200: messages },
    async handle({ context: { edition } }) {
      return { status: 200, body: messagesAnswer(edition.messages) };
    },
  }),
  route({
    method: 'get',
    path: '/api/v1/plan/messages/{event}/html',
    summary: '一类通知的网页样式，按示例填写',
    access: { ...EDITORS, supervisor: 'any' },
    params: messageEvent,
    query: atLevel,
    answers: { 200: ['text/html'] },
    async handle({ context: { edition }, params, query }) {
      return { status: 200, page: previewOf(edition.messages, params.event, query.level).html };
    },
  }),
  route({
    method: 'post',
    path: '/api/v1/plan/messages/preview',
    summary: '试排通知文字；占位符有误的逐项指出，不作任何更改',
    access: EDITORS,
    body: previewRequest,
    answers: { 200: preview },
    async handle({ context: { edition }, body }) {
      return { status: 200, body: previewAsked(edition.messages, body) };
    },
  }),
];
