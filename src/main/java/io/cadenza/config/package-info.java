/**
 * Reading settings: one HOCON file over the reference, typed reads, all problems at once.
 *
 * <p>Bottom layer; knows no feature. Each feature reads its own record from a {@link
 * io.cadenza.config.Settings}. Used at start, by {@code check}, and when the running configuration
 * is edited; one thread at a time, never on the path of a line. May use the JDK and
 * com.typesafe.config.
 */
package io.cadenza.config;
