/** What our packets and traces are compared with: tshark, captures of foreign traffic, golden files. */
@NullMarked
package org.jpptp.lab.oracle;

import org.jspecify.annotations.NullMarked;
