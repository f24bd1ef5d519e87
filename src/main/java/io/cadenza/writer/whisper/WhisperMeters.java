package io.cadenza.writer.whisper;

import io.cadenza.meter.Meters;
import io.cadenza.meter.Share;
import io.cadenza.meter.Tally;

/** What is counted of whisper files, among the figures of a store. */
final class WhisperMeters {
  final Tally created;
  final Tally updates;
  final Tally setAside;
  final Tally failures;
  private final Meters.Scope scope;

  WhisperMeters(Meters.Scope scope) {
    this.scope = scope;
    created = scope.counter("files-created", "Whisper files that were made");
    updates = scope.counter("file-updates", "Updates of a whisper file, of one or more points");
    setAside =
        scope.counter("files-set-aside", "Whisper files that were damaged, and were renamed");
    failures =
        scope.counter("file-failures", "Times that a whisper file could not be read or written");
  }

  /** One writer's part of the files that are open. */
  Share open() {
    return scope.share("open-files", "Whisper files that are kept open");
  }

  /** One writer's part of how many may be. */
  Share openLimit() {
    return scope.share("open-limit-files", "The bound of open-files");
  }
}
