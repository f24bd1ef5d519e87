/**
 * Points into stores: the verticles that write, each on a worker of its own, and in a package of
 * its own each kind of store. A kind uses its store's client only, and no other kind.
 */
package io.cadenza.writer;
