package io.cadenza.writer.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownSeriesTest {
  private static final long NOW = 1_700_000_000;

  private final KnownSeries series = new KnownSeries(3);

  private static byte[] key(int i) {
    return ("key." + i).getBytes(UTF_8);
  }

  private Known remember(int i, long now) {
    Known known = new Known();
    series.remember(key(i), 10, known, now);
    return known;
  }

  @Test
  void tellsSeriesApartByKeyAndStep() {
    Known known = remember(1, NOW);

    assertThat(series.find(key(1), 10)).isSameAs(known);
    assertThat(series.find(key(1), 60)).isNull();
    assertThat(series.find(key(2), 10)).isNull();
  }

  /** The least recently used would go just before it is used, when they come in turns. */
  @Test
  void keepsThoseThatItHasWhenThereAreMore() {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 5; i++) {
        remember(i, NOW + round);
      }
    }

    assertThat(series.size()).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      assertThat(series.find(key(i), 10)).isNotNull();
    }
  }

  @Test
  void givesThePlaceOfOneThatIsIdleToAnother() {
    for (int i = 0; i < 3; i++) {
      remember(i, NOW);
    }

    Known another = remember(7, NOW + 601);

    assertThat(series.size()).isEqualTo(3);
    assertThat(series.find(key(7), 10)).isSameAs(another);
    assertThat(series.find(key(0), 10)).isNull();
  }

  @Test
  void alwaysHasRoomForWhatAFailedWriteMayHaveChanged() {
    for (int i = 0; i < 3; i++) {
      remember(i, NOW);
    }
    Known unsure = new Known();

    series.rememberBefore(key(7), 10, unsure, NOW);

    assertThat(series.find(key(7), 10)).isSameAs(unsure);
  }

  @Test
  void hasABoundEvenWhenNothingIsWritten() {
    for (int i = 0; i < 100; i++) {
      series.rememberBefore(key(i), 10, new Known(), NOW);
    }

    assertThat(series.size()).isEqualTo(6);
    assertThat(series.find(key(99), 10)).isNotNull();
    assertThat(series.find(key(93), 10)).isNull();
  }

  @Test
  void keepsForAnHourWhatAFailedWriteMayHaveChanged() {
    for (int i = 0; i < 3; i++) {
      series.rememberBefore(key(i), 10, new Known(), NOW);
    }

    remember(7, NOW + 3_600);
    assertThat(series.find(key(7), 10)).isNull();

    remember(7, NOW + 7_300);
    assertThat(series.find(key(7), 10)).isNotNull();
  }

  @Test
  void forgetsWhatItIsToldTo() {
    remember(1, NOW);

    series.forget(key(1), 10);

    assertThat(series.find(key(1), 10)).isNull();
    assertThat(series.isEmpty()).isTrue();
  }
}
