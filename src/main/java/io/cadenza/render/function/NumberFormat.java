package io.cadenza.render.function;

import io.cadenza.render.PythonFloat;
import io.cadenza.render.RenderException;
import java.math.BigDecimal;
import java.util.Locale;

/** Python's {@code text % number}: {@code %d}, {@code %s}, {@code %g}, {@code %.2f}, {@code %%}. */
final class NumberFormat {
  private static final int WIDEST = 100;

  private final String format;
  private int at;
  private boolean used;

  private NumberFormat(String format) {
    this.format = format;
  }

  /**
   * The text with the number in it, once.
   *
   * @throws RenderException when Python would refuse it
   */
  static String format(String format, double number) {
    return new NumberFormat(format).filled(number);
  }

  private String filled(double number) {
    StringBuilder text = new StringBuilder();
    while (at < format.length()) {
      char c = format.charAt(at++);
      if (c != '%') {
        text.append(c);
      } else if (at < format.length() && format.charAt(at) == '%') {
        text.append('%');
        at++;
      } else {
        text.append(conversion(number));
      }
    }
    if (!used) {
      throw refused("nothing in it takes the value, as %d does");
    }
    return text.toString();
  }

  private String conversion(double number) {
    if (used) {
      throw refused("there is one value only");
    }
    used = true;
    int flags = at;
    while (at < format.length() && "-+ 0#".indexOf(format.charAt(at)) >= 0) {
      at++;
    }
    String flag = format.substring(flags, at);
    int width = digits();
    int precision = -1;
    if (at < format.length() && format.charAt(at) == '.') {
      at++;
      precision = digits();
    }
    if (at >= format.length()) {
      throw refused("it ends within a conversion");
    }
    return padded(signed(converted(format.charAt(at++), precision, number), flag), flag, width);
  }

  private int digits() {
    int start = at;
    while (at < format.length() && Character.isDigit(format.charAt(at))) {
      at++;
    }
    String digits = format.substring(start, at);
    if (digits.length() > 3 || !digits.isEmpty() && Integer.parseInt(digits) > WIDEST) {
      throw refused("more than " + WIDEST + " places");
    }
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  private String converted(char conversion, int precision, double number) {
    int decimals = precision < 0 ? 6 : precision;
    return switch (conversion) {
      case 'd', 'i', 'u' -> whole(number);
      case 's', 'r' -> PythonFloat.text(number);
      case 'f', 'F' -> PythonFloat.fixed(number, decimals);
      case 'g' -> PythonFloat.general(number);
      case 'e' -> String.format(Locale.ROOT, "%." + decimals + "e", number);
      default -> throw refused("conversion " + conversion + "; d, s, f, g and e are some");
    };
  }

  private static String whole(double number) {
    boolean finite = !Double.isInfinite(number);
    return finite ? new BigDecimal(number).toBigInteger().toString() : PythonFloat.text(number);
  }

  private static String signed(String text, String flag) {
    boolean plus = flag.indexOf('+') >= 0;
    boolean blank = flag.indexOf(' ') >= 0;
    return text.startsWith("-") || !(plus || blank) ? text : (plus ? "+" : " ") + text;
  }

  private static String padded(String text, String flag, int width) {
    int missing = Math.max(0, width - text.length());
    if (flag.indexOf('-') >= 0) {
      return text + " ".repeat(missing);
    }
    int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    return flag.indexOf('0') >= 0
        ? text.substring(0, sign) + "0".repeat(missing) + text.substring(sign)
        : " ".repeat(missing) + text;
  }

  private RenderException refused(String why) {
    return RenderException.invalid("Invalid format '" + format + "': " + why);
  }
}
