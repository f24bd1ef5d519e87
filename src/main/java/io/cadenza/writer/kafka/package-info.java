/**
 * Points and names as messages of Kafka, in JSON as Cadent's are. Can't be read back. Uses the
 * client of vertx-kafka-client.
 */
package io.cadenza.writer.kafka;
