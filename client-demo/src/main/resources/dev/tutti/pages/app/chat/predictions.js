import * as model from './model.js';

/** When a line that is not confirmed yet was written here, by its id. @type {Map<string, string>} */
const written = new Map();

/**
 * What my commands will most likely do, so that they show at once.
 *
 * @param {() => {id: string, name: string}} me
 * @returns {Record<string, import('../../tutti/types.js').Predict>} by command
 */
export const predictions = (me) => ({
  'message.post': (document, { message, text, thread }) => {
    const { id, name } = me();
    const n = model.count(document) + 1;
    if (!written.has(message)) written.set(message, new Date().toISOString());
    const root = thread && document.messages?.[thread];
    const posted = { n, text, by: id, name, at: written.get(message), ...(thread && { thread }) };
    return {
      chat: { info: { count: n } },
      messages: { [message]: posted, ...(root && { [thread]: { replies: (root.replies ?? 0) + 1 } }) },
      people: { [id]: { name, read: n } },
    };
  },
  'message.edit': (document, { message, text }) =>
    there(document, message) && { messages: { [message]: { text, edited: new Date().toISOString() } } },
  'message.delete': (document, { message }) => there(document, message) && {
    messages: { [message]: model.tombstone({ by: me().id, at: new Date().toISOString() }) },
  },
  'message.react': (document, { message, emoji }) =>
    there(document, message) && { messages: { [message]: { reactions: { [emoji]: { [me().id]: me().name } } } } },
  'message.unreact': (document, { message, emoji }) => {
    const users = there(document, message)?.reactions?.[emoji];
    if (!users?.[me().id]) return undefined;
    const last = Object.keys(users).length === 1;
    return { messages: { [message]: { reactions: { [emoji]: last ? null : { [me().id]: null } } } } };
  },
  'read.mark': (document, { upto }) => ({
    people: { [me().id]: { name: me().name, read: Math.max(model.readBy(document, me().id) ?? 0, Math.min(upto, model.count(document))) } },
  }),
  'chat.rename': (document, { title }) => ({ chat: { info: { title } } }),
  'chat.topic': (document, { topic }) => ({ chat: { info: { topic: topic ?? null } } }),
});

/** @param {any} document @param {string} message */
const there = (document, message) => {
  const found = document.messages?.[message];
  return found && !found.deleted ? found : undefined;
};
