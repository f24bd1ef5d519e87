package io.cadenza.tool;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the kind of lines in small letters, as it is told. */
final class KindConverter implements ITypeConverter<LineMaker.Kind> {
  private static final List<String> WORDS =
      Arrays.stream(LineMaker.Kind.values()).map(KindConverter::word).toList();

  /** The words, for the help text. */
  static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return WORDS.iterator();
    }
  }

  private static String word(LineMaker.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public LineMaker.Kind convert(String text) {
    int index = WORDS.indexOf(text);
    if (index < 0) {
      throw new TypeConversionException("'" + text + "' is not one of " + WORDS);
    }
    return LineMaker.Kind.values()[index];
  }
}
