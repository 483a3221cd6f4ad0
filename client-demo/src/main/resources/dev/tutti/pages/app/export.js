import { ask } from './boards.js';

/** Hands a board to the browser as a file: its document and its whole journal. @param {string} name @param {string} title */
export async function saveExport(name, title) {
  const response = await ask(`/v1/rooms/board:${name}/export`);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = `${title.replace(/[^\p{L}\p{N} ._-]+/gu, '-').slice(0, 80) || name}.tutti.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
