/**
 * The whisper store: a file for each series, the same to a byte as those of Python's whisper, which
 * may read and write them meanwhile.
 *
 * <p>{@code Layout}, {@code Updater} and {@code Fetch} know the format and its rules; {@code Disk}
 * is how files are got at; {@code WhisperWriter}, {@code WhisperReader} and {@code WhisperIndex}
 * are the parts of the store. Plain blocking Java, for worker threads; may use {@code store} and
 * what is below it.
 */
package io.cadenza.writer.whisper;
