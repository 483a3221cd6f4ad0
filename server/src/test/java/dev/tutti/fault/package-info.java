/** What breaks between real processes, on request: for tests of whole servers. */
@NullMarked
package dev.tutti.fault;

import org.jspecify.annotations.NullMarked;
