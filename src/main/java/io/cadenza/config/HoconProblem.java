package io.cadenza.config;

import com.typesafe.config.Config;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tells what the HOCON library could not read as a {@link Problem}.
 *
 * <p>Its messages repeat pieces of the file, and any of them may be a secret with a quote too few;
 * pieces longer than a sign are left out.
 */
final class HoconProblem {
  private static final String ADVICE = "(?s) \\(if you intended .*";
  private static final String EXCEPTION = "^java[.\\w]+: ";
  private static final String PIECE = "'(?!newline'|end of file')[^']{3,}'";

  private HoconProblem() {}

  /**
   * What the step answers.
   *
   * @throws ConfigException for any exception of the library
   */
  static Config told(String name, Supplier<Config> step) {
    try {
      return step.get();
    } catch (com.typesafe.config.ConfigException wrong) {
      boolean placed = wrong.origin() != null;
      String where = placed ? Shown.where(wrong.origin()) : name;
      throw new ConfigException(List.of(new Problem("", "", message(wrong), where)));
    }
  }

  private static String message(com.typesafe.config.ConfigException wrong) {
    if (wrong instanceof com.typesafe.config.ConfigException.WrongType) {
      return "text stands beside a block or list; is a comma or a line break missing?";
    }
    String message = wrong.getMessage().replaceFirst(ADVICE, "");
    if (wrong.origin() != null) {
      message = message.replace(wrong.origin().description() + ": ", "");
    }
    if (wrong instanceof com.typesafe.config.ConfigException.Parse) {
      message = message.replaceAll(PIECE, "'...'");
    }
    return message.replaceFirst(EXCEPTION, "");
  }
}
