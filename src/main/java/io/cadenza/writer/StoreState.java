package io.cadenza.writer;

import io.cadenza.meter.Events;
import org.slf4j.event.Level;

/** Whether what is written to a store gets through. The writer's thread tells, any thread reads. */
public final class StoreState {
  private final String store;
  private final Events events;
  private volatile String trouble;

  public StoreState(String store, Events events) {
    this.store = store;
    this.events = events;
  }

  public String store() {
    return store;
  }

  public boolean up() {
    return trouble == null;
  }

  /** Why nothing gets through; null while it does. */
  public String trouble() {
    return trouble;
  }

  void failed(Throwable why) {
    boolean news = trouble == null;
    trouble = text(why);
    if (news) {
      String text = "store " + store + " takes nothing: " + trouble;
      events.add(Level.WARN, "store-down", store, text);
    }
  }

  void works() {
    if (trouble != null) {
      trouble = null;
      events.add(Level.INFO, "store-up", store, "store " + store + " takes points again");
    }
  }

  private static String text(Throwable why) {
    String message = why.getMessage();
    return message == null || message.isBlank() ? why.getClass().getSimpleName() : message;
  }
}
