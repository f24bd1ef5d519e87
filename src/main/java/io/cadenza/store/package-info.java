/**
 * What stores have in common: points and the intervals they are of, the interfaces of a store
 * (writer, index, reader), and the cache in which points wait until they are written and are read
 * from meanwhile. Plain Java; may use what lies below it, no Vert.x.
 */
package io.cadenza.store;
