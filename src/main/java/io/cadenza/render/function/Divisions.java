package io.cadenza.render.function;

import static io.cadenza.render.function.Param.needs;

import io.cadenza.render.Series;
import java.util.ArrayList;
import java.util.List;

/** Functions that divide series by others. */
final class Divisions {
  private static final String DIVIDENDS = "dividendSeriesList";

  private Divisions() {}

  static List<Definition> all() {
    return List.of(
        Definition.of(
            "divideSeries",
            "Combine",
            "Divides each series by the one of the second parameter; nothing where that is 0.",
            Divisions::byOne,
            needs(ParamType.SERIES_LIST, DIVIDENDS),
            needs(ParamType.SERIES_LIST, "divisorSeries")),
        Definition.of(
            "divideSeriesLists",
            "Combine",
            "Divides one list by another of as many, series by series.",
            Divisions::byOneEach,
            needs(ParamType.SERIES_LIST, DIVIDENDS),
            needs(ParamType.SERIES_LIST, "divisorSeriesList")));
  }

  private static List<Series> byOne(Call call) {
    List<Series> dividends = call.series(DIVIDENDS);
    List<Series> divisors = call.series("divisorSeries");
    if (divisors.size() > 1) {
      throw call.invalid(
          "divideSeries second argument must reference exactly 1 series (got "
              + divisors.size()
              + ")");
    }
    List<Series> results = new ArrayList<>();
    for (Series one : dividends) {
      results.add(divisors.isEmpty() ? byNothing(one) : divide(call, one, divisors.get(0)));
    }
    return results;
  }

  private static Series byNothing(Series one) {
    return Names.renamed(one, "divideSeries(" + one.name() + ",MISSING)")
        .values(Rows.nothing(one.values().length));
  }

  private static List<Series> byOneEach(Call call) {
    List<Series> dividends = call.series(DIVIDENDS);
    List<Series> divisors = call.series("divisorSeriesList");
    if (dividends.size() != divisors.size()) {
      throw call.invalid(
          "dividendSeriesList and divisorSeriesList argument must have equal length");
    }
    List<Series> results = new ArrayList<>();
    for (int i = 0; i < dividends.size(); i++) {
      results.add(divide(call, dividends.get(i), divisors.get(i)));
    }
    return results;
  }

  private static Series divide(Call call, Series dividend, Series divisor) {
    Rows rows = Rows.of(List.of(dividend, divisor));
    double[] values = Pairs.map(rows.columns().get(0), rows.columns().get(1), Pairs::quotient);
    String name = "divideSeries(" + dividend.name() + "," + divisor.name() + ")";
    return call.made(name, rows.start(), rows.step(), values).end(rows.end());
  }
}
