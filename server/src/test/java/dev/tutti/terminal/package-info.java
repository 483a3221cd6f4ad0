@org.jspecify.annotations.NullMarked
package dev.tutti.terminal;
