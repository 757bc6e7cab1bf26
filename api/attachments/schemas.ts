import { z } from 'zod';
import { count, hash } from '../http/schemas.js';

export const attachment = z
  .object({ attachmentId: hash, size: count, mediaType: z.string(), remarks: z.array(z.string()).optional() })
  .meta({
    id: 'Attachment',
    description:
      '`attachmentId` is the SHA-256 of the bytes. `remarks` are for the sender, in Chinese: what others will see or miss',
  });

export const attachmentPath = z.object({ attachmentId: z.string() });
