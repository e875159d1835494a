/** What a packet costs, measured with JMH. */
@NullMarked
package org.jpptp.lab.bench;

import org.jspecify.annotations.NullMarked;
