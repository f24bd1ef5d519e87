package io.cadenza.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptedTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | true",
        "GZip, deflate | true",
        "deflate, gzip;q=1.0 | true",
        "br;q=1.0, gzip;q=0.8, *;q=0.1 | true",
        "* | true",
        "gzip;q=0.001 | true",
        "gzip;q=0 | false",
        "gzip; q=0.0 | false",
        "identity | false",
        "deflate | false",
        "'' | false",
        "x-gzip | false"
      })
  void saysWhetherGzipIsUnderstood(String header, boolean understood) {
    assertThat(Accepted.gzip(header)).isEqualTo(understood);
  }
}
