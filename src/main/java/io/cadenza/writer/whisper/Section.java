package io.cadenza.writer.whisper;

import java.util.Map;

/**
 * A section of a file of carbon's.
 *
 * @param line where it begins, from 1
 * @param options by their names in lower case, with what {@code [DEFAULT]} has
 */
record Section(String name, int line, Map<String, String> options) {}
