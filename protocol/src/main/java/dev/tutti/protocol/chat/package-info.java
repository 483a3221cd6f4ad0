/**
 * What people do in a chat: one record a command, its limits in {@link
 * dev.tutti.protocol.chat.ChatLimits}. Immutable; used by rules, tests and load clients.
 */
@NullMarked
package dev.tutti.protocol.chat;

import org.jspecify.annotations.NullMarked;
