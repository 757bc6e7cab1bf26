import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { editionsFolder, loadEditionById } from './edition.js';
import { SHIPPED_FILE } from './shipped.js';

const ID = 'shuimogou-2025';

test(`the policy is kept as it is shipped: after a change of policy.yaml here, run this with QINGKONG_RECORD=1`, () => {
  const { policy } = loadEditionById(ID);
  if (process.env.QINGKONG_RECORD)
    writeFileSync(join(editionsFolder(), ID, SHIPPED_FILE), `${JSON.stringify(policy)}\n`);
  expect(loadEditionById(ID).shipped).toEqual(policy);
});
