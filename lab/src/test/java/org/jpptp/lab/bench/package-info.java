/** What a packet costs, measured with JMH, and the Java parts of {@code lab/bench}. */
@NullMarked
package org.jpptp.lab.bench;

import org.jspecify.annotations.NullMarked;
