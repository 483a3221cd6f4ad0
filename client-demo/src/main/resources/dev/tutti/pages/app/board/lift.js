/**
 * A card in the air, by pointer or by keyboard: shown where it would go, sent when it is put down.
 * A new object for each new place, so that its identity tells whether I have moved it.
 *
 * @typedef {{ticket: string, column: string, index: number, after?: string, by: 'pointer' | 'keyboard'}} Lift
 */

/** @param {Map<string, string[]>} lanes @param {string} ticket @param {'pointer' | 'keyboard'} by @returns {Lift | undefined} */
export function liftOf(lanes, ticket, by) {
  for (const [column, lane] of lanes) {
    const index = lane.indexOf(ticket);
    if (index >= 0) return { ticket, column, index, after: lane[index - 1], by };
  }
  return undefined;
}

/**
 * The lanes as they are with the card in the air. It stays behind its neighbour when others add and
 * move cards; when the neighbour has gone, it stays at its index.
 *
 * @param {Map<string, string[]>} lanes @param {Lift | undefined} lift @returns {Map<string, string[]>}
 */
export function withLift(lanes, lift) {
  if (!lift) return lanes;
  const shown = new Map(lanes);
  for (const [column, lane] of lanes) {
    if (lane.includes(lift.ticket)) shown.set(column, lane.filter((id) => id !== lift.ticket));
  }
  const lane = [...(shown.get(lift.column) ?? [])];
  const neighbour = lift.after === undefined ? -1 : lane.indexOf(lift.after);
  const index = neighbour >= 0 ? neighbour + 1 : Math.min(lift.index, lane.length);
  lane.splice(index, 0, lift.ticket);
  return shown.set(lift.column, lane);
}

/** Where a lifted card is put. @param {Map<string, string[]>} shown with the lift @param {Lift} lift */
export function placeOf(shown, lift) {
  const lane = shown.get(lift.column) ?? [];
  const index = lane.indexOf(lift.ticket);
  return index > 0 ? { after: lane[index - 1] } : { first: true };
}
