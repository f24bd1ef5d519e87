/**
 * Lines out to other hosts: connections, bounded queues, health.
 *
 * <p>Last stage of the path of a line that is relayed. One verticle for each connection of each
 * destination takes runs of lines from all routers and writes them, as many to a write as are
 * waiting; what a connection had not taken when it broke is written again on the next one.
 */
package io.cadenza.output;
