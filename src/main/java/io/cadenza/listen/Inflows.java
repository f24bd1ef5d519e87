package io.cadenza.listen;

import io.cadenza.format.AutoFormat;
import io.cadenza.format.JsonLines;
import io.cadenza.format.PickleReader;
import java.time.InstantSource;

/** Makes the inflows of one listener instance, for the format that it has. One event loop's. */
final class Inflows {
  private final ListenerConfig config;
  private final Intake intake;
  private final PickleReader pickles = new PickleReader();
  private final JsonLines json;
  private byte[] decompressed;

  Inflows(ListenerConfig config, Intake intake, InstantSource clock) {
    this.config = config;
    this.intake = intake;
    this.json = new JsonLines(clock);
  }

  /** What takes in a stream; datagrams can share one, ended behind each. */
  Inflow open() {
    Inflow plain = plain();
    if (!config.gzip()) {
      return plain;
    }
    if (decompressed == null) {
      decompressed = new byte[Intake.BATCH];
    }
    return new GunzipInflow(intake, plain, decompressed);
  }

  /** What takes in the lines of a whole body. */
  Inflow lines() {
    return new LineInflow(intake);
  }

  /** What a whole body is. */
  AutoFormat.Kind kind(byte[] bytes, int length) {
    return switch (config.format()) {
      case "pickle" -> AutoFormat.Kind.PICKLE;
      case "json" -> AutoFormat.Kind.JSON;
      case "auto" -> AutoFormat.detect(bytes, 0, length);
      default -> AutoFormat.Kind.LINES;
    };
  }

  /** Takes in a whole body that is not lines; a pickle may do without its length. */
  void document(AutoFormat.Kind kind, byte[] bytes, int length) {
    if (kind == AutoFormat.Kind.PICKLE && length > 0 && bytes[0] == 0) {
      PickleInflow framed = new PickleInflow(intake, config.maxBody(), pickles);
      framed.take(bytes, 0, length);
      framed.end();
      return;
    }
    intake.came(length);
    Document document = new Document(intake).of(bytes, 0, length);
    if (kind == AutoFormat.Kind.PICKLE) {
      pickles.read(bytes, 0, length, document);
    } else {
      json.read(bytes, 0, length, document);
    }
  }

  private Inflow plain() {
    return switch (config.format()) {
      case "pickle" -> of(AutoFormat.Kind.PICKLE);
      case "json" -> of(AutoFormat.Kind.JSON);
      case "auto" -> new AutoInflow(this::of);
      default -> of(AutoFormat.Kind.LINES);
    };
  }

  private Inflow of(AutoFormat.Kind kind) {
    return switch (kind) {
      case PICKLE -> new PickleInflow(intake, config.maxFrame(), pickles);
      case JSON -> new JsonInflow(intake, config.maxFrame(), json);
      case LINES -> new LineInflow(intake);
    };
  }
}
