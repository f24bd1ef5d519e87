/**
 * The queue of a destination on disk: what it could not be sent waits here, also across restarts.
 *
 * <p>A destination has a folder, in it one folder for each lane, which one thread of one process
 * works on ({@link io.cadenza.spool.Spool}); in that are {@code lock}, {@code position} (up to
 * where all is done), segments ({@code 0000000001.seg}, see {@code SegmentFormat} for their bytes),
 * {@code damaged} with what could not be read, and files named {@code .aside}, which are of another
 * version or not segments at all. Plain blocking Java: to be used from a worker thread.
 */
package io.cadenza.spool;
