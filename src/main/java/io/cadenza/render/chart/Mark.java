package io.cadenza.render.chart;

/**
 * A tick of an axis.
 *
 * @param at where it stands, in what the axis counts: values, or seconds since 1970
 */
record Mark(double at, String label) {}
