/**
 * The server under attack: processes killed, frames broken, limits passed, nobody reading. Real
 * sockets, real PostgreSQL. Each test has a bystander who must notice nothing.
 */
@NullMarked
package dev.tutti.attack;

import org.jspecify.annotations.NullMarked;
