/**
 * Which lines go where: pipelines, their lists, rewrites and routes, and clusters with their
 * policies.
 *
 * <p>Plain, single-threaded Java but for {@code RouterVerticle}, which moves. {@link
 * io.cadenza.route.RoutingTable} is what was configured: immutable, shared. {@link
 * io.cadenza.route.Router} is one event loop's working copy of it, with its open runs and counts.
 */
package io.cadenza.route;
