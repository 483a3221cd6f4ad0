// Notes in a page when each stage of a drag is reached, in milliseconds since 1970, and the same of a
// text that goes to the other page through a plain relay. A page that drags notes the first stages, one
// that looks on the others.
({ ticket, relay }) => {
  const now = () => performance.timeOrigin + performance.now();
  const stages = (window.stages = { dropped: [], sent: [], told: [], shown: [], framed: [], thrown: [], caught: [] });

  // When the browser got the event that ends a drag, before the page heard of it.
  addEventListener('pointerup', ({ timeStamp }) => stages.dropped.push(performance.timeOrigin + timeStamp), { capture: true });

  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (text) {
    if (text.includes('"ticket.move"')) stages.sent.push(now());
    send.call(this, text);
  };

  // When the page's library looks at the message, which is the first thing that it does with it.
  const { get } = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');
  Object.defineProperty(MessageEvent.prototype, 'data', { get() {
    const data = get.call(this);
    if (typeof data === 'string' && data.includes('"ticket.moved"')) stages.told.push(now());
    return data;
  } });

  // When the card stands in another column, and when the frame with it is handed over.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => stages.framed.push(now());
  const where = () => document.querySelector(`.card[data-ticket="${ticket}"]`)?.closest('.column').dataset.column;
  let last = where();
  new MutationObserver(() => {
    if ((where() ?? last) === last) return;
    last = where();
    stages.shown.push(now());
    requestAnimationFrame(() => port2.postMessage(0));
  }).observe(document.getElementById('board'), { childList: true, subtree: true });

  const plain = new WebSocket(relay);
  plain.onmessage = () => stages.caught.push(now());
  const text = 'x'.repeat(400); // As long as the event of a move.
  window.throws = () => {
    stages.thrown.push(now());
    plain.send(text);
  };
  return new Promise((open) => (plain.onopen = () => open()));
}
