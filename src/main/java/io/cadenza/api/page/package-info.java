/**
 * The page at the root of the read API, where a person finds a metric by typing and sees it drawn.
 * Files that a browser runs, without a build; {@link io.cadenza.api.page.Page} serves them.
 */
package io.cadenza.api.page;
