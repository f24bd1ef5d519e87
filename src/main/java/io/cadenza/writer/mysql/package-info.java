/**
 * Points in tables of MySQL or MariaDB, a table for each resolution, and names in another: Cadent's
 * tables, whose points are merged. Uses the client of vertx-mysql-client.
 */
package io.cadenza.writer.mysql;
