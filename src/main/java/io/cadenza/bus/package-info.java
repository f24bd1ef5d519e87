/**
 * Hand-over between verticles: what is sent, to which address, and how much may be under way.
 *
 * <p>The event bus of Vert.x has no bound of its own and copies buffers; here are the bound ({@link
 * io.cadenza.bus.Window}), the sending end ({@link io.cadenza.bus.Lane}) and the codec that hands
 * over by reference.
 */
package io.cadenza.bus;
