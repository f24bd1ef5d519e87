/**
 * Points as lines of tab-separated files, one file a resolution, as Cadent's file writer has them.
 * Can't be read back. Plain Java.
 */
package io.cadenza.writer.file;
