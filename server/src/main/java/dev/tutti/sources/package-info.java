/**
 * What dashboards show of elsewhere: asks HTTP interfaces on behalf of all viewers, one instance of
 * a fleet at a time, and posts what they answer as readings. Credentials stay in here. One thread
 * that waits for nothing keeps the times; each question has a virtual thread of its own.
 */
@NullMarked
package dev.tutti.sources;

import org.jspecify.annotations.NullMarked;
