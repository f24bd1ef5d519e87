package io.cadenza.spool;

import java.nio.file.Path;

/**
 * Bytes of a segment that are not what was written.
 *
 * @param offset of the first
 * @param bytes how many; 0 when lines are missing between two records
 * @param lines that are missing for it, -1 when nothing tells
 */
public record Damage(Path file, long offset, long bytes, long lines) {}
