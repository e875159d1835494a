/** A proxy that leads into a tunnel: what its clients ask for, and what becomes of it. */
@NullMarked
package org.jpptp.client.proxy;

import org.jspecify.annotations.NullMarked;
