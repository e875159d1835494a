/** What is known of the servers that people meet, as data. */
@NullMarked
package org.jpptp.client.vendor;

import org.jspecify.annotations.NullMarked;
