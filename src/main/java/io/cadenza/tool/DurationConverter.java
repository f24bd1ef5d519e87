package io.cadenza.tool;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as Cadent's flags have them: {@code 0.1s}, {@code 100ms}, {@code 1m30s}, 0. */
public final class DurationConverter implements ITypeConverter<Duration> {
  private static final Pattern ALL = Pattern.compile("(?:\\d+(?:\\.\\d+)?(?:ns|us|ms|s|m|h))+");
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|ms|s|m|h)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  @Override
  public Duration convert(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    if (!ALL.matcher(text).matches()) {
      throw new TypeConversionException(
          "'" + text + "' is not a duration such as 0.1s, 100ms or 5s");
    }
    try {
      return sum(text);
    } catch (ArithmeticException e) {
      throw new TypeConversionException("'" + text + "' is too long a time");
    }
  }

  private static Duration sum(String text) {
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      BigDecimal unit = BigDecimal.valueOf(NANOS.get(part.group(2)));
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit));
    }
    return Duration.ofNanos(nanos.toBigInteger().longValueExact());
  }
}
