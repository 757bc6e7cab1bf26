import { z } from 'zod';
import { count, hash } from '../http/schemas.js';

export const attachment = z
  .object({ attachmentId: hash, size: count, mediaType: z.string() })
  .meta({ id: 'Attachment', description: '`attachmentId` is the SHA-256 of the bytes' });

export const attachmentPath = z.object({ attachmentId: z.string() });
