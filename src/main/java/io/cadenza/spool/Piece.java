package io.cadenza.spool;

import io.cadenza.line.LineRun;
import java.util.List;

/**
 * What one read of a spool gave: lines in the order in which they were appended.
 *
 * @param runs ready to be sent; their arrays belong to the reader alone
 * @param end for {@link Spool#done} when all of it is with the destination
 * @param bytes of all runs together
 * @param lines of all runs together
 */
public record Piece(List<LineRun> runs, long end, int bytes, int lines) {}
