/** What an operator sees of a running server, and the files that an operator is given. */
package dev.tutti.ops;
