/**
 * Encode once, deliver to many: carries a room's messages to its subscribers, event loop by event
 * loop. Each loop's part is touched by that loop alone. Called by {@code room} and {@code session};
 * writes through the {@link dev.tutti.fanout.Outlet} port, which {@code transport} implements.
 */
@NullMarked
package dev.tutti.fanout;

import org.jspecify.annotations.NullMarked;
