/** The operator's side: figures over HTTP. Uses vertx-web; knows stages by their figures only. */
package io.cadenza.admin;
