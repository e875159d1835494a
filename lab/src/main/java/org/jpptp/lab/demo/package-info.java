/** {@code jpptp demo}: a server and a client of our own in network namespaces of their own. */
@NullMarked
package org.jpptp.lab.demo;

import org.jspecify.annotations.NullMarked;
