/**
 * The operator's side: figures and lines as they pass, over HTTP. Uses vertx-web; knows stages by
 * their figures, and taps by what they send over the event bus.
 */
package io.cadenza.admin;
