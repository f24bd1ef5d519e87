/**
 * Lines in: the bound addresses, and the path of bytes from a socket to a batch.
 *
 * <p>First stage of the path. A listener verticle has one instance a core; each has one open batch
 * ({@link io.cadenza.listen.Intake}) that all its connections share and that goes to the router of
 * its own event loop. May use {@code line}, {@code format}, {@code bus}, {@code meter}, {@code
 * config}; Netty only in {@code UdpChannel}, {@code SocketReads}, {@code Doors} and {@code Door},
 * which say why.
 */
package io.cadenza.listen;
