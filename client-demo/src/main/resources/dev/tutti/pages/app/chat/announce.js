import { write } from '../dom.js';

/** Said to screen readers. @param {string} words */
export const announce = (words) => write(/** @type {HTMLElement} */ (document.getElementById('announced')), words);
