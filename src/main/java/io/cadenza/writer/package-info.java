/**
 * Points on their way into stores: the kinds of stores, each in a package of its own, and what they
 * share. A kind uses the client of its store and its own package, none beside. All of it is called
 * on worker threads and may block them, never an event loop.
 */
package io.cadenza.writer;
