/** Journals with damage of every kind, and whether it is found. */
package dev.tutti.verify;
