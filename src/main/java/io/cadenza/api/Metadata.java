package io.cadenza.api;

/**
 * What carbon calls the metadata of a series, of which there is one: {@code aggregationMethod}. May
 * block; any thread.
 */
public interface Metadata {
  /** Of a store that has none. */
  Metadata NONE =
      new Metadata() {
        @Override
        public String get(String key, String what) {
          throw new UnsupportedOperationException("the store has no metadata");
        }

        @Override
        public String set(String key, String what, String value) {
          throw new UnsupportedOperationException("the store has no metadata");
        }
      };

  /**
   * What it is.
   *
   * @param key the series
   * @param what {@code aggregationMethod}
   * @throws Exception with a message for who asked, when there is no such series or metadata
   */
  String get(String key, String what) throws Exception;

  /**
   * Changes it; answers what it was before.
   *
   * @throws Exception with a message for who asked, when it can't be changed to this
   */
  String set(String key, String what, String value) throws Exception;
}
