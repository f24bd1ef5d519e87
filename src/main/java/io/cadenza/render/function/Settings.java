package io.cadenza.render.function;

import static io.cadenza.render.function.Param.needs;

import io.cadenza.render.Series;
import java.util.List;

/** Functions that say how fewer values are made of many later on. */
final class Settings {
  private static final String SPECIAL = "Special";

  private Settings() {}

  static List<Definition> all() {
    Definition factor =
        Definition.of(
            "setXFilesFactor",
            SPECIAL,
            "Which part of the values, from 0 to 1, must be there where fewer are made of many;"
                + " what follows in this target goes by it too.",
            Settings::factor,
            Param.seriesList(),
            needs(ParamType.FLOAT, "xFilesFactor"));
    return List.of(
        Definition.of(
            "consolidateBy",
            SPECIAL,
            "How values become fewer when there are more than can be shown: by their average if"
                + " nothing is said.",
            call -> consolidateBy(call, call.text("consolidationFunc")),
            Param.seriesList(),
            needs(ParamType.STRING, "consolidationFunc")
                .oneOf("sum", "average", "avg", "avg_zero", "min", "max", "first", "last")),
        Definition.of(
            "cumulative",
            SPECIAL,
            "As consolidateBy with sum.",
            call -> consolidateBy(call, "sum"),
            Param.seriesList()),
        factor,
        factor.called("xFilesFactor"),
        Definition.of(
            "seriesByTag",
            SPECIAL,
            "The series with such tags: 'tag=value', 'tag!=value', 'tag=~regex', 'tag!=~regex'.",
            call -> List.of(),
            needs(ParamType.STRING, "tagExpressions").manyTimes()));
  }

  private static List<Series> consolidateBy(Call call, String function) {
    List<Series> all = call.series();
    for (Series one : all) {
      one.consolidation(function).tags().put("consolidateBy", function);
      Names.renamed(one, "consolidateBy(" + one.name() + ",\"" + function + "\")");
    }
    return all;
  }

  private static List<Series> factor(Call call) {
    double factor = call.number("xFilesFactor");
    call.surroundings().xFilesFactor(factor);
    List<Series> all = call.series();
    for (Series one : all) {
      one.xFilesFactor(factor).tags().put("xFilesFactor", call.text("xFilesFactor"));
    }
    return all;
  }
}
