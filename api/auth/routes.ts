import { beijingIso } from '../../plan/rules/calendar.js';
import { route } from '../http/route.js';
import { changePassword } from './password-change.js';
import { accountAnswer, passwordRequest, session, signInRequest } from './schemas.js';

export const accountRoutes = [
  route({
    method: 'post',
    path: '/api/v1/sessions',
    summary: '登录',
    access: 'anyone',
    body: signInRequest,
    limited: true,
    answers: { 201: session },
    async handle({ context, body, session }) {
      session.requireCookieToReach();
      const account = await context.signIn.check(body.username, body.password, session.address);
      const { token, expiresAt } = await session.open(account);
      return { status: 201, body: { token, expiresAt: beijingIso(expiresAt), account } };
    },
  }),
  route({
    method: 'delete',
    path: '/api/v1/sessions/current',
    summary: '退出登录',
    access: 'signed-in',
    answers: { 204: undefined },
    async handle({ session }) {
      await session.close();
      return { status: 204 };
    },
  }),
  route({
    method: 'put',
    path: '/api/v1/accounts/me/password',
    summary: '修改密码；其他已登录的会话随之退出',
    access: 'signed-in',
    body: passwordRequest,
    limited: true,
    answers: { 200: accountAnswer },
    handle: changePassword,
  }),
];
