package io.cadenza.route;

import io.cadenza.match.KeyTemplate;
import java.util.List;

record AggregateConfig(
    MatcherConfig match, KeyTemplate template, boolean dropRaw, List<String> into) {}
