/**
 * Points in Cassandra: written in unlogged batches of rows that the same replicas keep, merged with
 * what is stored where a point is a part of its interval only, and read again. Blocks, so it is for
 * workers; may use the client of Cassandra and what lies below, and no other store.
 *
 * <p>{@link io.cadenza.writer.cassandra.CassandraStore} makes the parts, which share a {@link
 * io.cadenza.writer.cassandra.Connection}. What is in which table is known to the schema alone:
 * {@link io.cadenza.writer.cassandra.ModernSchema} or {@link
 * io.cadenza.writer.cassandra.CadentSchema}.
 */
package io.cadenza.writer.cassandra;
