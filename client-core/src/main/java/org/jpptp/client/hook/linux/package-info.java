/** Runs hooks on Linux. */
@NullMarked
package org.jpptp.client.hook.linux;

import org.jspecify.annotations.NullMarked;
