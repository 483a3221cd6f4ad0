/**
 * The stories that every client library has to live through: described once, played by {@code
 * dev.tutti.client} and by {@code tutti.js} in Chromium, against real servers behind a proxy.
 */
@NullMarked
package dev.tutti.clients;

import org.jspecify.annotations.NullMarked;
