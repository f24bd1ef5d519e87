/**
 * The assembly: the command line, the whole configuration, and the order in which stages start and
 * stop. {@link io.cadenza.app.Relay} is the table of contents of the program; {@link
 * io.cadenza.app.Catalog} knows every word that a configuration may name a thing by.
 */
package io.cadenza.app;
