/**
 * Two tools for trying a relay: {@code echo}, which prints what it is sent, and {@code blast},
 * which sends generated lines. They are Cadent's echoserver and statblast.
 *
 * <p>Beside the path of a line: nothing uses this package but the command line. Each tool runs on
 * one event loop, so its state is plain fields; the command's thread only waits for it.
 */
package io.cadenza.tool;
