/** From evidence to a verdict: what the user is told, with the remedy and the exit code. */
@NullMarked
package org.jpptp.client.diagnosis;

import org.jspecify.annotations.NullMarked;
