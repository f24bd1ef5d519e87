package io.cadenza.render.function;

import static io.cadenza.render.function.Param.may;
import static io.cadenza.render.function.Param.needs;

import com.google.re2j.Pattern;
import io.cadenza.render.Series;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Functions that give series another name, and those that choose series by name. */
final class Aliases {
  private static final String ALIAS = "Alias";
  private static final String FILTER = "Filter Series";
  private static final Param SEARCH = needs(ParamType.STRING, "search");
  private static final Param REPLACE = needs(ParamType.STRING, "replace");
  private static final Param PATTERN = needs(ParamType.STRING, "pattern");

  private Aliases() {}

  static List<Definition> all() {
    return List.of(
        Definition.of(
            "alias",
            ALIAS,
            "Calls all series by this name.",
            call -> renamed(call, name -> call.text("newName")),
            Param.seriesList(),
            needs(ParamType.STRING, "newName")),
        Definition.of(
            "aliasSub",
            ALIAS,
            "Replaces what a regex finds in the names; \\1 is its first group.",
            Aliases::sub,
            Param.seriesList(),
            SEARCH,
            REPLACE),
        Definition.of(
            "aliasByNode",
            ALIAS,
            "Calls each series by nodes of its path, or by tags.",
            Aliases::byNodes,
            Param.seriesList(),
            needs(ParamType.NODE_OR_TAG, "nodes").manyTimes()),
        Definition.of(
            "aliasByTags",
            ALIAS,
            "Calls each series by its tags, or nodes of its path.",
            call -> nodes(call, "tags"),
            Param.seriesList(),
            needs(ParamType.NODE_OR_TAG, "tags").manyTimes()),
        Definition.of(
            "aliasByMetric",
            ALIAS,
            "Calls each series by the last node of its path.",
            call -> renamed(call, name -> nodes(name, -1, 0)),
            Param.seriesList()),
        Definition.of(
            "substr",
            "Special",
            "Calls each series by the nodes of its path from one up to another.",
            call -> renamed(call, name -> nodes(name, call.whole("start"), call.whole("stop"))),
            Param.seriesList(),
            may(ParamType.NODE, "start", 0L),
            may(ParamType.NODE, "stop", 0L)),
        Definition.of(
            "aliasQuery",
            ALIAS,
            "Calls each series by the last value of another one, whose path a regex makes of its"
                + " name; newName has %d or %g for the value.",
            Aliases::query,
            Param.seriesList(),
            SEARCH,
            REPLACE,
            needs(ParamType.STRING, "newName")),
        Definition.of(
            "toLowerCase",
            ALIAS,
            "Names in small letters, or only the letters at these positions.",
            call -> cased(call, text -> text.toLowerCase(Locale.ROOT)),
            Param.seriesList(),
            may(ParamType.INTEGER, "pos").manyTimes()),
        Definition.of(
            "toUpperCase",
            ALIAS,
            "Names in capitals, or only the letters at these positions.",
            call -> cased(call, text -> text.toUpperCase(Locale.ROOT)),
            Param.seriesList(),
            may(ParamType.INTEGER, "pos").manyTimes()),
        Definition.of(
            "grep",
            FILTER,
            "The series in whose name the regex finds something.",
            call -> chosen(call, true),
            Param.seriesList(),
            PATTERN),
        Definition.of(
            "exclude",
            FILTER,
            "The series in whose name the regex finds nothing.",
            call -> chosen(call, false),
            Param.seriesList(),
            PATTERN),
        Definition.of(
            "useSeriesAbove",
            FILTER,
            "Instead of each series with a value above this another one, whose path a regex makes"
                + " of its name.",
            Aliases::useAbove,
            Param.seriesList(),
            needs(ParamType.FLOAT, "value"),
            SEARCH,
            REPLACE));
  }

  private static List<Series> renamed(Call call, UnaryOperator<String> renaming) {
    List<Series> all = call.series();
    for (Series one : all) {
      call.points(1); // as a regex takes its time
      one.name(renaming.apply(one.name()));
    }
    return all;
  }

  private static UnaryOperator<String> substitution(Call call) {
    Pattern pattern = Patterns.compile(call.text("search"));
    Replacement replacement = new Replacement(call.text("replace"), pattern);
    return name -> Patterns.replace(pattern, name, replacement);
  }

  private static List<Series> sub(Call call) {
    return renamed(call, substitution(call));
  }

  private static List<Series> byNodes(Call call) {
    return nodes(call, "nodes");
  }

  private static List<Series> nodes(Call call, String param) {
    List<Series> all = call.series();
    all.forEach(one -> one.name(Names.nodes(one, call.all(param))));
    return all;
  }

  /** Nodes of what stands in the innermost brackets, up to a comma; as Python slices lists. */
  private static String nodes(String name, int start, int stop) {
    int left = name.lastIndexOf('(') + 1;
    int close = name.indexOf(')');
    String inside =
        name.substring(
            Math.min(left, close < 0 ? left : close),
            close < 0 ? name.length() : Math.max(close, 0));
    String[] nodes = inside.split("\\.", -1);
    int from = index(start, nodes.length);
    int to = stop == 0 ? nodes.length : index(stop, nodes.length);
    String joined = from >= to ? "" : String.join(".", List.of(nodes).subList(from, to));
    int comma = joined.indexOf(',');
    return comma < 0 ? joined : joined.substring(0, comma);
  }

  private static int index(int at, int length) {
    return Math.max(0, Math.min(at < 0 ? length + at : at, length));
  }

  private static List<Series> query(Call call) {
    UnaryOperator<String> substitution = substitution(call);
    return renamed(
        call,
        name -> {
          String query = substitution.apply(name);
          List<Series> others = call.surroundings().evaluate(query);
          if (others.isEmpty()) {
            throw call.invalid("No series found with query: " + query);
          }
          double last = Aggregation.LAST.of(others.get(0).values());
          if (Double.isNaN(last)) {
            throw call.invalid("Cannot get last value of series: " + others.get(0).name());
          }
          return NumberFormat.format(call.text("newName"), last);
        });
  }

  private static List<Series> cased(Call call, UnaryOperator<String> caser) {
    List<Value> positions = call.all("pos");
    return renamed(
        call,
        name -> {
          if (positions.isEmpty()) {
            return caser.apply(name);
          }
          StringBuilder cased = new StringBuilder(name);
          for (Value position : positions) {
            double at =
                position.number() < 0 ? name.length() + position.number() : position.number();
            if (at >= 0 && at < name.length()) {
              char letter = caser.apply(name.substring((int) at, (int) at + 1)).charAt(0);
              cased.setCharAt((int) at, letter);
            }
          }
          return cased.toString();
        });
  }

  private static List<Series> chosen(Call call, boolean found) {
    Pattern pattern = Patterns.compile(call.text("pattern"));
    List<Series> all = call.series();
    all.removeIf(
        one -> {
          call.points(1);
          return pattern.matcher(one.name()).find() != found;
        });
    return all;
  }

  private static List<Series> useAbove(Call call) {
    UnaryOperator<String> substitution = substitution(call);
    double value = call.number("value");
    List<String> names =
        call.series().stream()
            .filter(one -> Aggregation.MAX.of(one.values()) > value)
            .map(one -> substitution.apply(one.name()))
            .toList();
    if (names.isEmpty()) {
      return List.of();
    }
    List<Series> others = call.surroundings().evaluate("group(" + String.join(",", names) + ")");
    others.removeIf(one -> one.values().length == 0);
    return others;
  }
}
