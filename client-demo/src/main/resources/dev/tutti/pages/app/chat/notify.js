import { recall, remember } from '../kept.js';

const KEY = 'tutti.notify';

/** Tells of mentions by the browser, where somebody has asked for it and is not looking. */
export class Notify {
  get possible() {
    return 'Notification' in globalThis && Notification.permission !== 'denied';
  }

  get on() {
    return this.possible && Notification.permission === 'granted' && recall(KEY) === 'on';
  }

  /** @returns {Promise<string>} what became of it, for a person */
  async toggle() {
    if (this.on) {
      remember(KEY, '');
      return 'You are not notified any more.';
    }
    if (!('Notification' in globalThis)) return 'This browser has no notifications.';
    if ((await Notification.requestPermission()) !== 'granted') return 'The browser does not let this page notify you. Its settings for this site can change that.';
    remember(KEY, 'on');
    return 'You are notified of mentions and replies while you look elsewhere.';
  }

  /** @param {string} title @param {string} body @param {string} id @param {() => void} open */
  tell(title, body, id, open) {
    if (!this.on || (document.visibilityState === 'visible' && document.hasFocus())) return;
    const notification = new Notification(title, { body: body.slice(0, 200), tag: id });
    notification.onclick = () => {
      focus();
      open();
      notification.close();
    };
  }
}
