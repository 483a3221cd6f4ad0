import { remember } from './kept.js';

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' };
const WORDS = { auto: 'as the system', light: 'light', dark: 'dark' };

/** A switch of three: as the system, light, dark. @param {HTMLElement} button */
export function themeSwitch(button) {
  const root = document.documentElement;
  const current = () => /** @type {keyof typeof NEXT} */ (root.dataset.theme ?? 'auto');
  const say = () => {
    const words = `Theme: ${WORDS[current()]}`;
    button.setAttribute('aria-label', words);
    button.title = words;
  };
  button.addEventListener('click', () => {
    const theme = NEXT[current()];
    if (theme === 'auto') delete root.dataset.theme;
    else root.dataset.theme = theme;
    remember('tutti.theme', theme === 'auto' ? '' : theme);
    say();
  });
  say();
}
