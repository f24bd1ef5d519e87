/**
 * Draws series: {@link io.cadenza.render.chart.Chart} makes a PNG or an SVG of what a request for
 * pictures says, {@link io.cadenza.render.chart.ChartOptions}.
 *
 * <p>Lines come as {@link io.cadenza.render.chart.Traces} of series, thinned to what the picture
 * can show; {@link io.cadenza.render.chart.ValueScale} and {@link
 * io.cadenza.render.chart.TimeScale} find where ticks stand, without any graphics, and {@link
 * io.cadenza.render.chart.Painting} puts all of it on a canvas by JFreeChart. Takes time and
 * memory: for worker threads only, any number of them, which together use at most what {@link
 * io.cadenza.render.chart.CanvasRoom} has.
 */
package io.cadenza.render.chart;
