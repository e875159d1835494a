/** The driver of a tunnel: hands octets and time from a host's event loop to the session and back, and knows no protocol. */
@NullMarked
package org.jpptp.client.driver;

import org.jspecify.annotations.NullMarked;
