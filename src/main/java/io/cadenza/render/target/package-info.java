/**
 * What a target says: {@code alias(scale(a.*.b, 2) | perSecond(), "x")} as a tree of calls, paths
 * and constants. Only reads text; what a call means is decided in {@code render.function}.
 */
package io.cadenza.render.target;
