/**
 * A whole fleet in one thread: instances, their rooms and sessions, one journal, a relay and the
 * clients, on a seeded schedule in virtual time. Everything between the ports is the production
 * code; the ports misbehave. Called by the tests of this package alone.
 */
@NullMarked
package dev.tutti.world;

import org.jspecify.annotations.NullMarked;
