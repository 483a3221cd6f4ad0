/**
 * The rules of a chat: messages, threads, reactions, who has read how far, who may speak. Pure: no
 * thread, no clock, no I/O, no state. Found by {@code ServiceLoader}; called by {@code room} on the
 * room's thread.
 */
@NullMarked
package dev.tutti.rules.chat;

import org.jspecify.annotations.NullMarked;
