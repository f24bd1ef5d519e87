/**
 * Graphite's functions, in families: each class names some with what they take and do, {@link
 * io.cadenza.render.function.FunctionTable} has them all. Results, names and tags are those of
 * graphite-web 1.1.8; moving windows end with their point, as they do from 1.1.10 on.
 */
package io.cadenza.render.function;
