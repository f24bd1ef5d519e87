package io.cadenza.render.function;

import io.cadenza.render.TimeText;
import java.util.List;
import java.util.Locale;

/** What a parameter may be; {@link #taken} is graphite's validation, with its tolerance. */
enum ParamType {
  BOOLEAN("boolean") {
    @Override
    Value taken(Value value) {
      if (value instanceof Value.Text text) {
        String word = text.text().toLowerCase(Locale.ROOT);
        return flag(word.equals("true"), word.equals("false"));
      }
      return value instanceof Value.Flag ? value : flag(value.number() == 1, value.number() == 0);
    }
  },
  DATE("date") {
    @Override
    Value taken(Value value) {
      return value instanceof Value.Whole ? new Value.Text(value.text()) : STRING.taken(value);
    }
  },
  FLOAT("float") {
    @Override
    Value taken(Value value) {
      double number = value instanceof Value.Text text ? parsed(text.text()) : value.number();
      return Double.isNaN(number) ? null : new Value.Decimal(number);
    }
  },
  INTEGER("integer") {
    @Override
    Value taken(Value value) {
      return whole(value);
    }
  },
  INTERVAL("interval") {
    @Override
    Value taken(Value value) {
      if (value instanceof Value.Text text) {
        TimeText.offset(text.text());
        return value;
      }
      return null;
    }
  },
  INT_OR_INTERVAL("intOrInterval") {
    @Override
    Value taken(Value value) {
      return value instanceof Value.Text ? INTERVAL.taken(value) : whole(value);
    }
  },
  INT_OR_INF("intOrInf") {
    @Override
    Value taken(Value value) {
      boolean endless = value.number() == Double.POSITIVE_INFINITY || value.text().equals("inf");
      return endless ? new Value.Decimal(Double.POSITIVE_INFINITY) : whole(value);
    }
  },
  NODE("node") {
    @Override
    Value taken(Value value) {
      return whole(value);
    }
  },
  NODE_OR_TAG("nodeOrTag") {
    @Override
    Value taken(Value value) {
      return value instanceof Value.Text ? value : whole(value);
    }
  },
  SERIES_LIST("seriesList") {
    @Override
    Value taken(Value value) {
      return value instanceof Value.Found ? value : null;
    }
  },
  SERIES_LISTS("seriesLists") {
    @Override
    Value taken(Value value) {
      if (value instanceof Value.Found found && found.series().isEmpty()) {
        return new Value.Groups(List.of());
      }
      return value instanceof Value.Groups ? value : null;
    }
  },
  STRING("string") {
    @Override
    Value taken(Value value) {
      boolean plain = value instanceof Value.Text;
      boolean constant = !(value instanceof Value.Found || value instanceof Value.Groups);
      return plain || !constant ? (plain ? value : null) : new Value.Text(value.text());
    }
  },
  TAG("tag") {
    @Override
    Value taken(Value value) {
      return STRING.taken(value);
    }
  },
  ANY("any") {
    @Override
    Value taken(Value value) {
      return value;
    }
  },
  AGG_FUNC("aggFunc") {
    @Override
    Value taken(Value value) {
      return Aggregation.isName(value.text()) ? value : null;
    }
  },
  AGG_OR_SERIES_FUNC("aggOrSeriesFunc") {
    @Override
    Value taken(Value value) {
      boolean known = Aggregation.isName(value.text()) || Aggregators.isName(value.text());
      return known ? value : null;
    }
  };

  private final String word;

  ParamType(String word) {
    this.word = word;
  }

  /** As graphite's list of functions has it. */
  String word() {
    return word;
  }

  /**
   * The value as the function wants it; null when it is none of this type.
   *
   * @throws io.cadenza.render.RenderException when it is none, with a reason
   */
  abstract Value taken(Value value);

  /** A number with a point isn't taken: an error is better than another number. */
  static Value whole(Value value) {
    if (value instanceof Value.Text text) {
      try {
        return new Value.Whole(Long.parseLong(text.text().strip()));
      } catch (NumberFormatException e) {
        return null;
      }
    }
    return value instanceof Value.Whole ? value : null;
  }

  private static double parsed(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static Value flag(boolean on, boolean off) {
    return on || off ? new Value.Flag(on) : null;
  }
}
