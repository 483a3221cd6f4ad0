import { ask } from '../sheet.js';

/**
 * What a message's own menu offers to whoever opens it.
 *
 * @param {import('./conversation.js').Conversation} talk @param {string} id
 * @returns {Parameters<typeof import('../sheet.js').menu>[1]}
 */
export function lineMenu(talk, id) {
  const { room, me } = talk;
  const m = /** @type {import('./model.js').Message} */ (talk.line(id)?.m);
  const mine = m.by === me;
  const owner = room.role === 'owner';
  const kept = Boolean(room.document?.messages?.[id]);
  return [
    ...(mine ? [{ label: 'Edit', disabled: !kept, run: () => talk.composer.edit({ id, text: m.text ?? '' }) }] : []),
    { label: 'Copy the text', run: () => void navigator.clipboard?.writeText(m.text ?? '') },
    { label: m.pinned ? 'Unpin' : 'Pin', disabled: !kept, run: () => void talk.send(m.pinned ? 'message.unpin' : 'message.pin', { message: id }) },
    ...(owner && !mine ? [{ label: `Mute ${m.name} for an hour`, run: () => void talk.send('member.mute', { user: m.by, minutes: 60 }) }] : []),
    ...(mine || owner ? [/** @type {const} */ ('line'), { label: 'Delete', danger: true, disabled: !kept && !owner, run: () => void remove(talk, id) }] : []),
  ];
}

/** @param {import('./conversation.js').Conversation} talk @param {string} id */
async function remove(talk, id) {
  const sure = await ask({ title: 'Delete the message?', words: 'Everyone will see that a message was here, and no longer what it said.', action: 'Delete', danger: true });
  if (sure !== undefined) void talk.send('message.delete', { message: id });
}
