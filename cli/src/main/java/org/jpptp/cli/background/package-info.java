/** Tunnels that run by themselves: their process, their log, and what they tell whoever asks. */
@NullMarked
package org.jpptp.cli.background;

import org.jspecify.annotations.NullMarked;
