package io.cadenza.spool;

/** Why lines of a spool will never be read: the reason in metrics and in the log. */
public enum Loss {
  /** There was no room within the bound. */
  FULL("spool-full"),
  /** They waited longer than is allowed. */
  AGE("spool-age"),
  /** Their bytes on disk are not what was written, or are gone. */
  DAMAGED("spool-damaged");

  private final String label;

  Loss(String label) {
    this.label = label;
  }

  /** Its name in metrics and logs. */
  public String label() {
    return label;
  }
}
