import { expect, test } from '@jest/globals';
import { onBothDatabases } from '../testing/databases.js';
import { type Attachment, addAttachment, addOwners, findAttachment, ownedAttachments } from './attachments.js';

const ID = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);
const photo: Attachment = {
  attachmentId: ID,
  owner: 'education',
  size: 12,
  mediaType: 'image/jpeg',
  name: '停课.jpg',
  uploadedBy: 'account-1',
};

onBothDatabases('attachments', (database) => {
  test('the same bytes of two units are a row of each; uploaded again, the first stays', async () => {
    const others = { ...photo, owner: 'construction', name: '停工.jpg' };
    expect(await addAttachment(database(), photo)).toBe(true);
    expect(await addAttachment(database(), others)).toBe(true);
    expect(await addAttachment(database(), { ...photo, name: '另.jpg' })).toBe(false);
    expect(await findAttachment(database(), ID, 'education')).toEqual(photo);
    expect(await findAttachment(database(), ID, 'construction')).toEqual(others);
    expect(await findAttachment(database(), ID)).toMatchObject({ attachmentId: ID });
  });

  test('an attachment of another owner is not found', async () => {
    await addAttachment(database(), photo);
    expect(await findAttachment(database(), ID, 'construction')).toBeUndefined();
    expect(await findAttachment(database(), OTHER)).toBeUndefined();
  });

  test('attachments that one of several owners has are found', async () => {
    await addAttachment(database(), photo);
    await addAttachment(database(), { ...photo, attachmentId: OTHER, owner: 'office' });
    const owned = (...owners: string[]) => ownedAttachments(database(), [ID, OTHER, 'c'.repeat(64)], owners);
    expect(await owned('education')).toEqual(new Set([ID]));
    expect(await owned('education', 'office')).toEqual(new Set([ID, OTHER]));
    expect(await owned('construction')).toEqual(new Set());
  });

  test('a shared attachment belongs to both; one that the other has already stays', async () => {
    await addAttachment(database(), { ...photo, owner: 'office' });
    await addAttachment(database(), { ...photo, owner: 'office', attachmentId: OTHER });
    await addAttachment(database(), { ...photo, attachmentId: OTHER, name: '自己的.jpg' });
    await addOwners(database(), [ID, OTHER], 'office', ['education']);
    expect(await findAttachment(database(), ID, 'education')).toEqual(photo);
    expect(await findAttachment(database(), OTHER, 'education')).toMatchObject({ name: '自己的.jpg' });
    expect(await findAttachment(database(), ID, 'construction')).toBeUndefined();
  });

  test.each(['A'.repeat(64), 'a'.repeat(63), '../etc/passwd'])('an id that is no hash is refused: %s', async (id) => {
    await expect(addAttachment(database(), { ...photo, attachmentId: id })).rejects.toThrow();
  });
});
