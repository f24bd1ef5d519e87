package io.cadenza.writer.cassandra;

/**
 * Something that a schema has in its keyspace.
 *
 * @param isType whether it is a type and no table
 * @param cql makes it, unless it is there
 */
record Definition(boolean isType, String name, String cql) {}
