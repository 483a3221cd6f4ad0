/** How the server is started as a process of its own, from the classes under test. */
@NullMarked
package dev.tutti.process;

import org.jspecify.annotations.NullMarked;
