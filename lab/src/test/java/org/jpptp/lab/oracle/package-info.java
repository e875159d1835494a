/** What others see in our packets: tshark, and captures of foreign traffic. */
@NullMarked
package org.jpptp.lab.oracle;

import org.jspecify.annotations.NullMarked;
