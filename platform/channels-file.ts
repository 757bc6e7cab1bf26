/** The file CHANNELS_FILE: robots, SMS gateway and endpoints with their secrets. */
import type { z } from 'zod';
import { inChineseOfYaml } from '../lib/chinese-issues.js';
import { type ChannelsFile, channelsFile } from './channels-schema.js';
import { readSecretFile } from './secret-file.js';

/** Throws `StartError` that says what is wrong where. */
export const readChannelsFile = (file: string): ChannelsFile =>
  readSecretFile({ file, variable: 'CHANNELS_FILE', subject: '发送渠道', schema: channelsFile, inWords });

const inWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'unrecognized_keys') return '这里不认识此行的项，请对照 channels.example.yaml';
  if (issue.code === 'invalid_key') return '此行的名称不能用：只用文字、数字、- 和 _，最多 64 个字，例如 区级工作群';
  return inChineseOfYaml(issue);
};
