/**
 * The read API: what the stores keep, over HTTP, as graphite-web and Cadent answer it. Uses
 * vertx-web; finds names in {@code index}, computes with {@code render}, and knows stores by {@link
 * io.cadenza.api.Library} only.
 *
 * <p>A request's way: {@link io.cadenza.api.ApiVerticle} (its event loop: connection, token, path)
 * → {@code Desk} (is there room?) → a worker: {@code Endpoint} (what it asks for) → {@code
 * encode.Body} → the event loop again, piece by piece as the client takes it.
 */
package io.cadenza.api;
