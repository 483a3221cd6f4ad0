import { connect } from '../../tutti.js';
import { whoIAm } from '../people.js';
import { predictions } from './predictions.js';

/**
 * The board that the address names, asked for before the rest of the page has come: this module and
 * the library alone are loaded first.
 */
export const developing = new URLSearchParams(location.search).has('devtools');
export const name = decodeURIComponent(location.pathname.split('/').filter(Boolean).at(-1) ?? 'demo');
export const connection = connect('/v1/ws', { ...whoIAm(), client: 'tutti board' });
export const me = () => connection.user ?? { id: 'me', name: 'Me' };
export const room = connection.room(`board:${name}`, { predictions: predictions(me) });

/**
 * What happens before somebody listens; it ends when it is asked for.
 *
 * @param {{on(name: string, listener: (value: any) => void): () => void}} source @param {string} name
 */
function soFar(source, name) {
  /** @type {any[]} */
  const early = [];
  const stop = source.on(name, (value) => early.push(value));
  return () => (stop(), early);
}

export const refusedSoFar = soFar(room, 'refused');
/** Nothing, unless the developer's view is wanted. */
export const saidSoFar = developing ? soFar(connection, 'traffic') : () => [];
