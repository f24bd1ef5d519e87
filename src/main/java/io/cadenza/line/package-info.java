/**
 * What travels: lines as bytes and offsets, many in one frozen batch.
 *
 * <p>The bottom layer. It knows no socket, no thread and no rule. Everything here is on the hot
 * path: no object a line, no exception for bad input.
 */
package io.cadenza.line;
