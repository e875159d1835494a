/** Finds out what a server is like, without logging on: a pure machine that calls it a few times and ends each call in order. */
@NullMarked
package org.jpptp.client.probe;

import org.jspecify.annotations.NullMarked;
