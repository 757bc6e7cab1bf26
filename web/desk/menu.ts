/** The menu of each role. It does not show what the server would refuse; the server refuses all the same. */
import type { Schemas } from '../shared/api.js';
import { deskTexts } from '../texts/zh-CN/desk.js';

const texts = deskTexts.menu;
export const MENU: Record<Schemas['AccountRole'], ReadonlyArray<{ to: string; label: string }>> = {
  office: [
    { to: '/duty', label: texts.duty },
    { to: '/start', label: texts.start },
    { to: '/drills/new', label: texts.drill },
    { to: '/episodes', label: texts.episodes },
    { to: '/revisions', label: texts.revisions },
    { to: '/roster', label: texts.roster },
    { to: '/readiness', label: texts.readiness },
    { to: '/plan', label: texts.plan },
    { to: '/first-steps', label: texts.firstSteps },
    { to: '/wall', label: texts.wall },
  ],
  supervisor: [
    { to: '/audit', label: texts.audit },
    { to: '/audit/compare', label: texts.compare },
    { to: '/exports', label: texts.exports },
    { to: '/revisions', label: texts.revisions },
    { to: '/readiness', label: texts.readiness },
    { to: '/plan', label: texts.plan },
    { to: '/wall', label: texts.wall },
  ],
  administrator: [
    { to: '/first-steps', label: texts.firstSteps },
    { to: '/admin/accounts', label: texts.accounts },
    { to: '/admin/sign-ins', label: texts.signIns },
    { to: '/admin/contacts', label: texts.contacts },
    { to: '/admin/channels', label: texts.channels },
    { to: '/admin/tokens', label: texts.tokens },
    { to: '/exports', label: texts.exports },
    { to: '/admin/policy', label: texts.policy },
    { to: '/admin/wording', label: texts.wording },
    { to: '/admin/editions', label: texts.editions },
    { to: '/plan', label: texts.plan },
  ],
  unit: [],
};
